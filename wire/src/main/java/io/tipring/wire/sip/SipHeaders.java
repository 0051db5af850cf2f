package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The headers of a message: immutable, in the order and with the names in which they were written.
/// Names compare without case, a compact form equals its full one.
///
/// The typed accessors parse when first asked and remember the result. They throw
/// [SipSyntaxException] when the header is malformed, or absent where the RFC makes it mandatory.
/// Any thread may use one object: what it remembers is immutable, and two threads at worst parse
/// the same text twice. Headers that are made from others take over what is remembered of them.
public final class SipHeaders {
  public static final SipHeaders EMPTY = new SipHeaders(List.of());

  private final List<Header> list;
  private @Nullable List<Via> vias;
  private @Nullable NameAddr from;
  private @Nullable NameAddr to;
  private @Nullable CSeq cseq;
  private @Nullable List<NameAddr> contacts;
  private @Nullable List<NameAddr> routes;
  private @Nullable List<NameAddr> recordRoutes;

  private SipHeaders(List<Header> list) {
    this.list = list;
  }

  static SipHeaders of(List<Header> list) {
    return list.isEmpty() ? EMPTY : new SipHeaders(List.copyOf(list));
  }

  /// These, knowing what was parsed of others from which they differ in no header but those of the
  /// names that `differs` says.
  SipHeaders knowing(SipHeaders others, Predicate<String> differs) {
    if (list.isEmpty()) {
      return this;
    }
    vias = differs.test("Via") ? vias : others.vias;
    from = differs.test("From") ? from : others.from;
    to = differs.test("To") ? to : others.to;
    cseq = differs.test("CSeq") ? cseq : others.cseq;
    contacts = differs.test("Contact") ? contacts : others.contacts;
    routes = differs.test("Route") ? routes : others.routes;
    recordRoutes = differs.test("Record-Route") ? recordRoutes : others.recordRoutes;
    return this;
  }

  private SipHeaders changed(List<Header> changed, String name) {
    return of(changed).knowing(this, header -> HeaderNames.same(header, name));
  }

  public static Builder builder() {
    return new Builder(EMPTY);
  }

  public List<Header> list() {
    return list;
  }

  /// The value of the first header of that name, as written: it may hold a comma-separated list.
  public Optional<String> first(String name) {
    return Optional.ofNullable(firstOrNull(name));
  }

  @Nullable String firstOrNull(String name) {
    for (int i = 0; i < list.size(); i++) {
      Header h = list.get(i);
      if (h.named(name)) {
        return h.value();
      }
    }
    return null;
  }

  /// The values of all headers of that name, one an element, not split at commas.
  public List<String> all(String name) {
    if (!has(name)) {
      return List.of();
    }
    var values = new ArrayList<String>(2);
    for (int i = 0; i < list.size(); i++) {
      Header h = list.get(i);
      if (h.named(name)) {
        values.add(h.value());
      }
    }
    return List.copyOf(values);
  }

  public boolean has(String name) {
    return firstOrNull(name) != null;
  }

  /// These with one more at the end.
  public SipHeaders with(String name, String value) {
    return toBuilder().add(name, value).build();
  }

  /// These with one more before the first of the same name, or at the top when there is none (as
  /// Via and Record-Route want it).
  public SipHeaders prepended(String name, String value) {
    var result = new ArrayList<Header>(list.size() + 1);
    int at = indexOf(name);
    result.addAll(list);
    result.add(Math.max(at, 0), new Header(name, value));
    return changed(result, name);
  }

  /// These with exactly one header of that name: where the first was, or at the end.
  public SipHeaders replaced(String name, String value) {
    var result = new ArrayList<Header>(list.size() + 1);
    boolean placed = false;
    for (Header h : list) {
      if (!h.named(name)) {
        result.add(h);
      } else if (!placed) {
        result.add(new Header(name, value));
        placed = true;
      }
    }
    if (!placed) {
      result.add(new Header(name, value));
    }
    return changed(result, name);
  }

  public SipHeaders without(String name) {
    return has(name) ? changed(list.stream().filter(h -> !h.named(name)).toList(), name) : this;
  }

  public Builder toBuilder() {
    var builder = new Builder(this);
    builder.list.addAll(list);
    return builder;
  }

  /// The nearest hop: the first of [#vias()].
  public Via topVia() {
    List<Via> all = vias();
    if (all.isEmpty()) {
      throw missing("Via");
    }
    return all.getFirst();
  }

  public List<Via> vias() {
    List<Via> known = vias;
    if (known == null) {
      known = elements("Via", Via::read);
      vias = known;
    }
    return known;
  }

  /// These with the first Via changed; the others, also those in the same line, stay as they were
  /// written.
  public SipHeaders withTopVia(Via via) {
    int at = indexOf("Via");
    if (at < 0) {
      throw missing("Via");
    }
    Header line = list.get(at);
    var c = new Cursor("Via", line.value());
    Via.read(c.skipSpace());
    String rest = c.accept(',') ? ", " + line.value().substring(c.at()) : "";
    var result = new ArrayList<>(list);
    result.set(at, new Header(line.name(), via + rest));
    SipHeaders marked = changed(result, "Via");
    List<Via> known = vias;
    if (known != null) {
      var ways = new ArrayList<>(known);
      ways.set(0, via);
      marked.vias = List.copyOf(ways);
    }
    return marked;
  }

  /// These with that To in place of theirs.
  SipHeaders withTo(NameAddr address) {
    SipHeaders addressed = replaced("To", address.toString());
    addressed.to = address;
    return addressed;
  }

  public NameAddr from() {
    NameAddr known = from;
    if (known == null) {
      known = NameAddr.parse("From", required("From"));
      from = known;
    }
    return known;
  }

  public NameAddr to() {
    NameAddr known = to;
    if (known == null) {
      known = NameAddr.parse("To", required("To"));
      to = known;
    }
    return known;
  }

  public String callId() {
    String value = required("Call-ID");
    if (!CharClass.VISIBLE.containsAll(value)) {
      throw new SipSyntaxException("Call-ID", "not a word");
    }
    return value;
  }

  public CSeq cseq() {
    CSeq known = cseq;
    if (known == null) {
      known = CSeq.parse(required("CSeq"));
      cseq = known;
    }
    return known;
  }

  /// Empty also for `Contact: *`; see [#isContactWildcard()].
  public List<NameAddr> contacts() {
    List<NameAddr> known = contacts;
    if (known == null) {
      known = isContactWildcard() ? List.of() : addresses("Contact");
      contacts = known;
    }
    return known;
  }

  /// `Contact: *`, the removal of all bindings (RFC 3261 10.2.2).
  public boolean isContactWildcard() {
    String value = firstOrNull("Contact");
    return "*".equals(value) && all("Contact").size() == 1;
  }

  public List<NameAddr> routes() {
    List<NameAddr> known = routes;
    if (known == null) {
      known = addresses("Route");
      routes = known;
    }
    return known;
  }

  public List<NameAddr> recordRoutes() {
    List<NameAddr> known = recordRoutes;
    if (known == null) {
      known = addresses("Record-Route");
      recordRoutes = known;
    }
    return known;
  }

  /// All addresses of a header that holds a comma-separated list of them, such as Path or
  /// P-Asserted-Identity.
  public List<NameAddr> addresses(String name) {
    return elements(name, NameAddr::read);
  }

  private <T> List<T> elements(String name, Function<Cursor, T> element) {
    if (!has(name)) {
      return List.of();
    }
    var result = new ArrayList<T>(2);
    for (int i = 0; i < list.size(); i++) {
      Header h = list.get(i);
      if (h.named(name)) {
        Cursor.list(name, h.value(), result, element);
      }
    }
    return List.copyOf(result);
  }

  public OptionalInt maxForwards() {
    return number("Max-Forwards", 255);
  }

  /// Seconds. A number beyond an `int` counts as the largest one (RFC 4475 3.1.2.4).
  public OptionalInt expires() {
    return seconds("Expires");
  }

  /// A header that is a number of seconds, what follows it (parameters, a comment) aside: Expires,
  /// Min-SE, Retry-After. Beyond an `int` it counts as the largest one.
  public OptionalInt seconds(String name) {
    String value = firstOrNull(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    int digits = CharClass.DIGIT.endOf(value, 0, value.length());
    boolean ends = digits == value.length() || " \t;(".indexOf(value.charAt(digits)) >= 0;
    if (digits == 0 || !ends) {
      throw new SipSyntaxException(HeaderNames.expand(name), "not a number");
    }
    return OptionalInt.of(new Cursor(name, value).clampedNumber());
  }

  private OptionalInt number(String name, int max) {
    String value = firstOrNull(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    var c = new Cursor(name, value);
    int number = (int) c.skipSpace().number(max);
    c.expectEnd();
    return OptionalInt.of(number);
  }

  public Optional<String> contentType() {
    return first("Content-Type");
  }

  /// Content-Type without its parameters, in lower case; empty when it is absent.
  public String mediaType() {
    String type = contentType().orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /// The elements of a header whose values have parameters: Session-Expires, Reason, Event, Accept.
  public List<HeaderValue> values(String name) {
    var result = new ArrayList<HeaderValue>(2);
    for (String value : all(name)) {
      if (!value.isEmpty()) {
        Cursor.list(HeaderNames.expand(name), value, result, HeaderValue::read);
      }
    }
    return List.copyOf(result);
  }

  /// The elements of all comma-separated lists of that name, white space around them taken away:
  /// Supported, Require, Allow.
  public List<String> tokens(String name) {
    if (!has(name)) {
      return List.of();
    }
    var tokens = new ArrayList<String>();
    for (String value : all(name)) {
      for (String token : value.split(",", -1)) {
        if (!token.isBlank()) {
          tokens.add(token.strip());
        }
      }
    }
    return List.copyOf(tokens);
  }

  /// Authorization and Proxy-Authorization, as written. Of each there may be several (RFC 3261
  /// 22.3).
  public List<Header> credentials() {
    return list.stream()
        .filter(h -> h.named("Authorization") || h.named("Proxy-Authorization"))
        .toList();
  }

  private String required(String name) {
    String value = firstOrNull(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private static SipSyntaxException missing(String name) {
    return new SipSyntaxException(name, "missing");
  }

  private int indexOf(String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).named(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SipHeaders other && list.equals(other.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return list.toString();
  }

  /// Collects headers in the order in which they are to be written.
  public static final class Builder {
    private final SipHeaders base;
    private final List<Header> list = new ArrayList<>(16);

    private Builder(SipHeaders base) {
      this.base = base;
    }

    public Builder add(String name, String value) {
      return add(new Header(name, value));
    }

    /// Adds the wire form of a typed value.
    public Builder add(String name, Record typed) {
      return add(name, typed.toString());
    }

    public Builder add(Header header) {
      list.add(header);
      return this;
    }

    public SipHeaders build() {
      return of(list).knowing(base, this::added);
    }

    private boolean added(String name) {
      for (int i = base.list.size(); i < list.size(); i++) {
        if (list.get(i).named(name)) {
          return true;
        }
      }
      return false;
    }
  }
}
