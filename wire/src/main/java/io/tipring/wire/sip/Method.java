package io.tipring.wire.sip;

/// A request method. Methods compare with case (RFC 3261 7.1); unknown ones are legal.
public record Method(String token) {
  public static final Method INVITE = new Method("INVITE");
  public static final Method ACK = new Method("ACK");
  public static final Method BYE = new Method("BYE");
  public static final Method CANCEL = new Method("CANCEL");
  public static final Method OPTIONS = new Method("OPTIONS");
  public static final Method REGISTER = new Method("REGISTER");
  public static final Method PRACK = new Method("PRACK");
  public static final Method UPDATE = new Method("UPDATE");
  public static final Method INFO = new Method("INFO");
  public static final Method MESSAGE = new Method("MESSAGE");
  public static final Method SUBSCRIBE = new Method("SUBSCRIBE");
  public static final Method NOTIFY = new Method("NOTIFY");
  public static final Method REFER = new Method("REFER");
  public static final Method PUBLISH = new Method("PUBLISH");

  public Method {
    if (!CharClass.TOKEN.containsAll(token)) {
      throw new SipSyntaxException("Method", "not a token");
    }
  }

  /// The method of that name: the constant where there is one.
  public static Method of(String token) {
    return switch (token) {
      case "INVITE" -> INVITE;
      case "ACK" -> ACK;
      case "BYE" -> BYE;
      case "CANCEL" -> CANCEL;
      case "OPTIONS" -> OPTIONS;
      case "REGISTER" -> REGISTER;
      case "PRACK" -> PRACK;
      case "UPDATE" -> UPDATE;
      case "INFO" -> INFO;
      case "MESSAGE" -> MESSAGE;
      case "SUBSCRIBE" -> SUBSCRIBE;
      case "NOTIFY" -> NOTIFY;
      case "REFER" -> REFER;
      case "PUBLISH" -> PUBLISH;
      default -> new Method(token);
    };
  }

  @Override
  public String toString() {
    return token;
  }
}
