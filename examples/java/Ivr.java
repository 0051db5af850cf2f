// A telephone menu in plain Java 25: `java Ivr.java [port]`. Nothing to install: copy it, change a line, call again.
// What callers hear comes first, what every application of Tipring needs comes last. TRACE=1 prints every message.

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

static final String MENU =
    "For the time, press 1. To hear yourself, press 2. To have your digits read back, press 3.";

static void ivr(Call call) throws IOException {
  call.answer();
  String prompt = "Welcome. " + MENU;
  for (int silences = 0; silences < 3; ) {
    Gathered pressed = call.gather(prompt, new Digits(1, 1, "", 5_000));
    silences = pressed.reason().equals("no_input") ? silences + 1 : 0;
    prompt = MENU;
    switch (pressed.digits()) {
      case "" -> {}
      case "1" -> {
        LocalTime now = LocalTime.now();
        call.say("It is " + now.format(DateTimeFormatter.ofPattern("h:mm a", Locale.US)) + ".");
      }
      case "2" -> {
        call.say("Speak now, and press any key to come back.");
        call.echo();
        call.gather("", new Digits(1, 1, "", 60_000));
        call.say("That was you."); // takes the place of an echo that no key has ended
      }
      case "3" -> {
        String digits = call.gather("Type four digits.", new Digits(4, 4, "#", 20_000)).digits();
        IO.println(call.id + " from " + call.from + " typed " + digits);
        call.say(
            digits.isEmpty()
                ? "You typed nothing."
                : "You typed " + String.join(", ", digits.split("")) + ".");
      }
      default -> prompt = "That is not on the menu. " + MENU;
    }
  }
  call.say("Goodbye.");
  call.hangUp();
}

/// @param finishOnKey ends the entry; empty for none
/// @param timeout milliseconds for the first key, from the end of the prompt
record Digits(int min, int max, String finishOnKey, int timeout) {}

/// @param reason why no more keys are awaited; `no_input` when there was none
record Gathered(String digits, String reason) {}

// ---- Control v1: docs/protocol/control-v1.md --------------------------------------------------

/// One connection, which is one call. A connection that breaks is made again, perhaps to a process
/// that knows nothing of the call. So nothing is kept: the menu runs again from its first line,
/// Tipring tells again what has happened, and an operation it had before, which it knows by its id,
/// is not done twice. In a moment the menu is where it was.
///
/// It is read only while something is waited for, by the one thread there is.
static final class Call {
  private static final boolean TRACE = System.getenv("TRACE") != null;

  final String id;
  final String from;
  private final WebSocket connection;
  private final String state;
  private final Map<String, Map<String, Object>> ended = new HashMap<>(); // by operation
  private String prefix = "";
  private int operations;

  /// The call is lost to us: it has ended, or its connection has.
  static final class Over extends IOException {}

  /// Too much was missed to know where the menu was.
  static final class Missed extends IOException {}

  Call(WebSocket connection) throws IOException {
    this.connection = connection;
    Map<String, Object> started = receive();
    Map<String, Object> data = Json.object(started.get("data"));
    Map<String, Object> call = Json.object(data.get("call"));
    id = (String) started.get("call");
    from = (String) call.get("from");
    state = (String) call.get("state");
    if ("resumed".equals(data.get("reason"))) {
      send("resume", "resume", Map.of("after", "0:0")); // before everything
    }
  }

  void answer() throws IOException {
    if (!state.equals("answered")) {
      send("answer", "answer", Map.of()); // what sounds waits for it by itself
    }
  }

  void say(String text) throws IOException {
    perform("say", Map.of("text", text, "replace", true));
  }

  Gathered gather(String prompt, Digits digits) throws IOException {
    Map<String, Object> wanted =
        Map.of(
            "min", digits.min(),
            "max", digits.max(),
            "finish_on_key", digits.finishOnKey(),
            "timeout", digits.timeout());
    List<?> speech = prompt.isEmpty() ? List.of() : List.of(Map.of("type", "speech", "text", prompt));
    Map<String, Object> outcome =
        perform("gather", Map.of("digits", wanted, "prompt", speech, "replace", true));
    return new Gathered(
        (String) outcome.getOrDefault("digits", ""), (String) outcome.get("reason"));
  }

  void echo() throws IOException {
    begin("echo", Map.of());
  }

  void hangUp() throws IOException {
    begin("hang_up", Map.of());
  }

  /// Asks for an operation and waits for its end: its outcome, or why it was cancelled.
  Map<String, Object> perform(String type, Map<String, Object> data) throws IOException {
    String operation = begin(type, data);
    while (!ended.containsKey(operation)) {
      hear();
    }
    Map<String, Object> end = ended.remove(operation);
    Map<String, Object> what = Json.object(end.get("data"));
    if ("leg_ended".equals(what.get("refusal"))) {
      throw new Over();
    }
    return switch ((String) end.get("type")) {
      case "operation.succeeded" -> Json.object(what.get("outcome"));
      case "operation.cancelled" -> what;
      default -> throw new IllegalStateException(operation + ": " + what);
    };
  }

  private String begin(String type, Map<String, Object> data) throws IOException {
    String operation = prefix + type + "-" + ++operations; // the same one when the menu runs again
    send(operation, type, data);
    return operation;
  }

  private void send(String operation, String type, Map<String, Object> data) throws IOException {
    String message = Json.write(Map.of("id", operation, "type", type, "data", data));
    if (TRACE) {
      IO.println(id + " < " + message);
    }
    connection.send(message);
  }

  private void hear() throws IOException {
    Map<String, Object> message = receive();
    switch ((String) message.get("type")) {
      case "operation.succeeded", "operation.failed", "operation.cancelled" ->
          ended.put((String) message.get("ref"), message);
      case "dropped" -> {
        ended.clear();
        prefix = UUID.randomUUID() + "-"; // once more from the top, as something new
        throw new Missed();
      }
      case "error" -> {
        if (!"duplicate_id".equals(Json.object(message.get("data")).get("code"))) {
          ended.put((String) message.get("ref"), message);
        }
      }
      default -> {} // not known, or not needed
    }
  }

  private Map<String, Object> receive() throws IOException {
    String text = connection.receive();
    if (text == null) {
      throw new Over();
    }
    Map<String, Object> message = Json.object(Json.read(text));
    if (TRACE) {
      IO.println(message.get("call") + " > " + text);
    }
    return message;
  }

  /// Runs the menu, then listens until Tipring closes.
  void run() throws IOException {
    while (true) {
      try {
        ivr(this);
        break;
      } catch (Missed _) {
        // From the top.
      } catch (Over _) {
        break;
      } catch (RuntimeException e) {
        e.printStackTrace();
        hangUp();
        break;
      }
    }
    while (true) {
      hear();
    }
  }
}

/// Whether Tipring signed the request with our secret (`whsec_...` in the environment); true when
/// we have none.
static boolean isSigned(String target, Map<String, String> headers) {
  String secret = System.getenv("SECRET");
  if (secret == null) {
    return true;
  }
  try {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String time = headers.getOrDefault("webhook-timestamp", "0");
    String signed = headers.get("webhook-id") + "." + time + "." + target;
    byte[] wanted =
        ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes()))).getBytes();
    boolean isRecent = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time)) < 300;
    return isRecent
        && Arrays.stream(headers.getOrDefault("webhook-signature", "").split(" "))
            .anyMatch(given -> MessageDigest.isEqual(given.getBytes(), wanted));
  } catch (GeneralSecurityException | NumberFormatException e) {
    return false;
  }
}

// ---- WebSocket, RFC 6455 ----------------------------------------------------------------------

/// The server's side of one connection. Owner: the connection's own thread.
static final class WebSocket {
  private static final String PROTOCOL = "v1.control.tipring";
  private static final int LONGEST = 1 << 20; // bytes of a message
  private static final int SILENCE = 120_000; // ms: Tipring asks more often whether we are there
  private static final int CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

  private final DataInputStream in;
  private final OutputStream out;
  private boolean open = true;

  /// Reads the request and agrees to it.
  ///
  /// @throws IOException when it is none that we serve; it was answered then
  WebSocket(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(SILENCE);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    String target = line().replaceFirst("^GET (\\S+) HTTP/1.1$", "$1");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty() && headers.size() < 100; line = line()) {
      String[] header = line.split(":\\s*", 2);
      headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, two) -> one + "," + two);
    }
    String key = headers.getOrDefault("sec-websocket-key", "");
    List<String> offered =
        List.of(headers.getOrDefault("sec-websocket-protocol", "").split("\\s*,\\s*"));
    if (key.isEmpty() || !"13".equals(headers.get("sec-websocket-version"))) {
      refuse("426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
    } else if (!offered.contains(PROTOCOL)) {
      refuse("400 Bad Request");
    } else if (!isSigned(target, headers)) {
      refuse("401 Unauthorized");
    }
    head(
        "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + ("Sec-WebSocket-Accept: " + accept(key) + "\r\n")
            + ("Sec-WebSocket-Protocol: " + PROTOCOL));
  }

  private void refuse(String status) throws IOException {
    head(status + "\r\nConnection: close\r\nContent-Length: 0");
    throw new IOException("refused: " + status.lines().findFirst().get());
  }

  private void head(String statusAndHeaders) throws IOException {
    out.write(("HTTP/1.1 " + statusAndHeaders + "\r\n\r\n").getBytes());
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (line.length() == 8_192) {
        throw new IOException("a header that is too long");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private static String accept(String key) {
    try {
      byte[] known = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(known));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void send(String text) throws IOException {
    write(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 4);
    frame.write(0x80 | opcode); // whole, and not masked: we are the server
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.writeBytes(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
    } else {
      throw new IllegalArgumentException("Tipring takes 64 KiB in a message");
    }
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
  }

  /// The next message; null when the connection is closed.
  String receive() throws IOException {
    ByteArrayOutputStream message = null;
    while (open) {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      boolean isFinal = (first & 0x80) != 0;
      int opcode = first & 0x0F;
      boolean isControl = opcode >= CLOSE;
      long length = second & 0x7F;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      // 5.1, 5.2, 5.5: a client masks, nobody agreed on extensions
      if ((first & 0x70) != 0 || second < 0x80 || (isControl && (!isFinal || length > 125))) {
        return close(1002);
      }
      if (length < 0 || length > LONGEST || (message != null && message.size() > LONGEST)) {
        return close(1009);
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) length);
      if (payload.length < length) {
        throw new EOFException();
      }
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i & 3];
      }
      switch (opcode) {
        case PING -> write(PONG, payload);
        case PONG -> {}
        case CLOSE -> close(payload.length < 2 ? 1000 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF);
        case BINARY -> close(1003);
        case TEXT, CONTINUATION -> {
          if ((opcode == CONTINUATION) != (message != null)) {
            return close(1002);
          }
          message = message == null ? new ByteArrayOutputStream() : message;
          message.writeBytes(payload);
          if (isFinal) {
            return message.toString(StandardCharsets.UTF_8);
          }
        }
        default -> close(1002);
      }
    }
    return null;
  }

  private String close(int code) throws IOException {
    write(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    open = false;
    return null;
  }
}

// ---- JSON, RFC 8259 ---------------------------------------------------------------------------

/// Objects are maps, arrays lists, numbers doubles; `null` is null.
static final class Json {
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");
  private static final Pattern STRING = Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");
  private static final Pattern WORD = Pattern.compile("true|false|null|-?[0-9][0-9.eE+-]*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|.)");

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object read(String text) {
    return new Json(text).value();
  }

  /// What is there as an object; an empty one where nothing is.
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private Object value() {
    if (takes("{")) {
      Map<String, Object> members = new HashMap<>();
      while (!takes("}")) {
        String name = string();
        demand(takes(":"));
        members.put(name, value());
        demand(takes(",") || text.startsWith("}", at));
      }
      return members;
    }
    if (takes("[")) {
      List<Object> elements = new ArrayList<>();
      while (!takes("]")) {
        elements.add(value());
        demand(takes(",") || text.startsWith("]", at));
      }
      return elements;
    }
    if (text.startsWith("\"", at)) {
      return string();
    }
    String word = next(WORD).group();
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> Double.valueOf(word);
    };
  }

  private String string() {
    return ESCAPE
        .matcher(next(STRING).group(1))
        .replaceAll(escape ->
            Matcher.quoteReplacement(
                escape.group(1) != null
                    ? Character.toString((char) Integer.parseInt(escape.group(1), 16))
                    : escape.group().replace("\\/", "/").translateEscapes()));
  }

  /// Passes over `part` and the space around it, if that is next.
  private boolean takes(String part) {
    next(SPACE);
    boolean is = text.startsWith(part, at);
    at += is ? part.length() : 0;
    next(SPACE);
    return is;
  }

  private MatchResult next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    demand(matcher.lookingAt());
    at = matcher.end();
    return matcher;
  }

  private void demand(boolean met) {
    if (!met) {
      throw new IllegalArgumentException("no JSON at " + at + ": " + text);
    }
  }

  static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(member -> write(member.getKey()) + ":" + write(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      case String string -> quoted(string);
      default -> String.valueOf(value);
    };
  }

  private static String quoted(String string) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : string.toCharArray()) {
      out.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
    }
    return out.append('"').toString();
  }
}

void main(String[] args) throws IOException {
  int port = args.length > 0 ? Integer.parseInt(args[0]) : 9000;
  // It takes orders from whoever reaches it: for this machine alone, unless there is a SECRET.
  InetAddress host = System.getenv("SECRET") == null ? InetAddress.ofLiteral("127.0.0.1") : null;
  try (ServerSocket server = new ServerSocket(port, 1_000, host)) {
    IO.println("ws://127.0.0.1:" + server.getLocalPort() + "/ waits for calls");
    while (true) {
      Socket socket = server.accept();
      Thread.startVirtualThread(() -> {
        try (socket) {
          new Call(new WebSocket(socket)).run();
        } catch (EOFException | Call.Over _) {
          // Nothing more to do: where it is made again, that is another Call.
        } catch (IOException | RuntimeException e) {
          System.err.println(e);
        }
      });
    }
  }
}
