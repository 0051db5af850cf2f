package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parameters (`;name=value`) in the order in which they were written. Immutable. Names compare
/// without case.
public final class Params {
  public static final Params EMPTY = new Params(List.of());

  private final List<Param> list;

  private Params(List<Param> list) {
    this.list = list;
  }

  public static Params of(List<Param> list) {
    return list.isEmpty() ? EMPTY : new Params(List.copyOf(list));
  }

  public List<Param> list() {
    return list;
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  /// The value of the first parameter of that name, without quotes. Empty when it is absent or has
  /// no value.
  public Optional<String> get(String name) {
    for (int i = 0; i < list.size(); i++) {
      Param p = list.get(i);
      if (p.named(name)) {
        return p.value().isPresent() ? Optional.of(p.text()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  public boolean has(String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).named(name)) {
        return true;
      }
    }
    return false;
  }

  /// These with the parameter set: in its place when it is there already, else at the end. The
  /// value is written as given.
  public Params with(String name, String value) {
    return with(new Param(name, value));
  }

  /// These with a parameter that has no value, such as `lr` or `rport`.
  public Params with(String name) {
    return with(new Param(name));
  }

  private Params with(Param param) {
    var result = new ArrayList<Param>(list.size() + 1);
    boolean placed = false;
    for (Param p : list) {
      if (!p.named(param.name())) {
        result.add(p);
      } else if (!placed) {
        result.add(param);
        placed = true;
      }
    }
    if (!placed) {
      result.add(param);
    }
    return of(result);
  }

  public Params without(String name) {
    return has(name) ? of(list.stream().filter(p -> !p.named(name)).toList()) : this;
  }

  void writeTo(StringBuilder out) {
    for (Param p : list) {
      out.append(';');
      p.writeTo(out);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Params other && list.equals(other.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    writeTo(out);
    return out.toString();
  }
}
