package io.tipring.conformance.contract;

import io.tipring.api.control.Cursor;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random values of any record of the contract, the edges more often than not.
final class RandomRecords {
  private static final long MOST = (1L << 53) - 1;
  private static final long MOST_MILLIS = 1_000_000_000_000L;
  private static final List<String> TEXTS =
      List.of(
          "",
          "Hello",
          "\"\\/\b\f\n\r\t\u0000",
          "\u00e4\u2028\ud83d\ude00",
          "null",
          "x".repeat(3000));

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  /// A record of this type, or of this sealed family.
  Object of(Class<?> type) {
    if (type.isSealed()) {
      Class<?>[] variants = type.getPermittedSubclasses();
      return of(variants[random.nextInt(variants.length)]);
    }
    RecordComponent[] components = type.getRecordComponents();
    boolean id = components.length == 1 && components[0].getName().equals("value");
    Object[] parts =
        Stream.of(components)
            .map(component -> id ? id() : value(component.getGenericType()))
            .toArray();
    try {
      Constructor<?> constructor =
          type.getConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.toString(), e);
    }
  }

  String id() {
    String letters = "AZaz09_.:-";
    return random
        .ints(1 + random.nextInt(64), 0, letters.length())
        .mapToObj(letters::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  /// With whole milliseconds, as the wire carries them.
  Instant time() {
    return Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
  }

  Cursor cursor() {
    return new Cursor(whole(0, MOST), whole(0, MOST));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? (random.nextBoolean() ? Optional.of(value(argument)) : Optional.empty())
          : IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value(argument)).toList();
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    } else if (plain == boolean.class) {
      return random.nextBoolean();
    } else if (plain == int.class) {
      return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (plain == long.class) {
      return whole(-MOST, MOST);
    } else if (plain == Duration.class) {
      return Duration.ofMillis(whole(0, MOST_MILLIS));
    } else if (plain == Cursor.class) {
      return cursor();
    } else if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return of(plain);
  }

  private long whole(long least, long most) {
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      default -> random.nextLong(least, most);
    };
  }
}
