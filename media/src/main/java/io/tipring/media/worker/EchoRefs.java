package io.tipring.media.worker;

import io.tipring.media.spec.MediaEvent.Ending;
import java.util.ArrayList;
import java.util.List;

/// Who asked for echo. However many did, the leg hears itself once.
final class EchoRefs {
  private static final int MOST = 32;

  private final List<String> refs = new ArrayList<>();
  private final Endings endings;

  EchoRefs(Endings endings) {
    this.endings = endings;
  }

  boolean isOn() {
    return !refs.isEmpty();
  }

  void add(String ref) {
    if (refs.size() >= MOST) {
      endings.ended(ref, Ending.STOPPED);
    } else {
      refs.add(ref);
    }
  }

  /// Whether there was one of that name.
  boolean stop(String ref) {
    if (!refs.remove(ref)) {
      return false;
    }
    endings.ended(ref, Ending.STOPPED);
    return true;
  }

  void closeAll() {
    List<String> open = List.copyOf(refs);
    refs.clear();
    open.forEach(ref -> endings.ended(ref, Ending.GONE));
  }
}
