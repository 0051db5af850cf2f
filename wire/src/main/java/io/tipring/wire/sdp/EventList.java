package io.tipring.wire.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The telephone events that the writer of a description takes (RFC 4733 2.4.1): what stands in the
/// `a=fmtp` of the payload type, such as `0-11,16`.
final class EventList {
  /// The sixteen keys of a telephone (RFC 4733 3.2).
  private static final int KEYS = 16;

  private static final int MAX_EVENT = 255;

  private EventList() {}

  /// The codes of the keys among them, ascending.
  ///
  /// @param list empty when the writer gave none, which means all keys, as does one that cannot be
  ///   read: a slip in an attribute is no reason to lose them
  static List<Integer> keys(Optional<String> list) {
    boolean[] taken = new boolean[MAX_EVENT + 1];
    try {
      for (String part : list.orElse("0-15").split(",", -1)) {
        take(part.strip(), taken);
      }
    } catch (SdpSyntaxException _) {
      return IntStream.range(0, KEYS).boxed().toList();
    }
    return IntStream.range(0, KEYS).filter(event -> taken[event]).boxed().toList();
  }

  private static void take(String part, boolean[] taken) {
    int dash = part.indexOf('-');
    int first = Fields.number(dash < 0 ? part : part.substring(0, dash), MAX_EVENT, "event");
    int last = dash < 0 ? first : Fields.number(part.substring(dash + 1), MAX_EVENT, "event");
    if (last < first) {
      throw new SdpSyntaxException("events " + part + " count down");
    }
    for (int event = first; event <= last; event++) {
      taken[event] = true;
    }
  }
}
