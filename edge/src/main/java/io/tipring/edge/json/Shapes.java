package io.tipring.edge.json;

import com.fasterxml.jackson.core.io.SerializedString;
import io.tipring.api.Default;
import io.tipring.api.control.Cursor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes shapes from types. Fails at once, naming the component, on a type that has no form in
/// JSON.
final class Shapes {
  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

  private final Map<Type, Shape> made = new LinkedHashMap<>();

  Shape of(Type type) {
    Shape known = made.get(type);
    if (known != null) {
      return known;
    }
    Shape shape =
        type instanceof ParameterizedType generic ? generic(generic) : plain((Class<?>) type);
    made.put(type, shape);
    return shape;
  }

  private Shape generic(ParameterizedType type) {
    Shape argument = of(type.getActualTypeArguments()[0]);
    if (type.getRawType() == Optional.class) {
      return new Shape.Maybe(argument);
    }
    if (type.getRawType() == List.class) {
      return new Shape.ListOf(argument);
    }
    throw new IllegalArgumentException(type + " has no form in JSON");
  }

  private Shape plain(Class<?> type) {
    if (type == String.class) {
      return new Shape.Text();
    } else if (type == boolean.class) {
      return new Shape.Flag();
    } else if (type == int.class || type == long.class) {
      return new Shape.Whole(type == int.class);
    } else if (type == Duration.class) {
      return new Shape.Millis();
    } else if (type == Instant.class) {
      return new Shape.Moment();
    } else if (type == Cursor.class) {
      return new Shape.Place();
    } else if (type.isEnum()) {
      return oneOf(type);
    } else if (type.isRecord()) {
      return isIdentifier(type) ? identifier(type) : composite(type);
    } else if (type.isSealed()) {
      return family(type, WireNames::snake);
    }
    throw new IllegalArgumentException(type + " has no form in JSON");
  }

  /// The records of a sealed interface, but for some, under the names that `naming` gives them.
  Shape.Family family(Class<?> sealed, UnaryOperator<String> naming, Class<?>... but) {
    Map<Class<?>, Shape.Variant> byClass = new LinkedHashMap<>();
    Map<String, Shape.Variant> byName = new LinkedHashMap<>();
    List<Class<?>> types = new ArrayList<>(List.of(sealed.getPermittedSubclasses()));
    types.removeAll(List.of(but));
    for (Class<?> type : types) {
      String name = naming.apply(type.getSimpleName());
      Shape.Variant variant = new Shape.Variant(name, new SerializedString(name), composite(type));
      byClass.put(type, variant);
      byName.put(name, variant);
    }
    return new Shape.Family(Map.copyOf(byClass), byName);
  }

  /// A record, always as an object.
  Shape.Composite composite(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Shape.Member> members = new ArrayList<>();
    for (RecordComponent component : components) {
      members.add(member(component));
    }
    return new Shape.Composite(constructor(type, components), List.copyOf(members));
  }

  private Shape.Member member(RecordComponent component) {
    Shape shape = of(component.getGenericType());
    String name = WireNames.snake(component.getName());
    return new Shape.Member(
        name,
        new SerializedString(name),
        shape,
        accessor(component),
        whenAbsent(shape, component.getAnnotation(Default.class)));
  }

  private static @Nullable Object whenAbsent(Shape shape, @Nullable Default fallback) {
    if (fallback == null) {
      return switch (shape) {
        case Shape.Maybe _ -> Optional.empty();
        case Shape.ListOf _ -> List.of();
        case Shape.Text _,
            Shape.Flag _,
            Shape.Whole _,
            Shape.Millis _,
            Shape.Moment _,
            Shape.Place _,
            Shape.Identifier _,
            Shape.OneOf _,
            Shape.Composite _,
            Shape.Family _ ->
            null;
      };
    }
    String text = fallback.value();
    return switch (shape) {
      case Shape.Text _ -> text;
      case Shape.Flag _ -> Boolean.valueOf(text);
      case Shape.Whole(boolean isInt) ->
          isInt ? (Object) Integer.valueOf(text) : Long.valueOf(text);
      case Shape.Millis _ -> Duration.ofMillis(Long.parseLong(text));
      case Shape.OneOf(_, Map<String, Object> constants) -> constants.get(text);
      case Shape.Moment _,
          Shape.Place _,
          Shape.Identifier _,
          Shape.ListOf _,
          Shape.Maybe _,
          Shape.Composite _,
          Shape.Family _ ->
          throw new IllegalArgumentException("no @Default is known for " + shape);
    };
  }

  private static Shape oneOf(Class<?> type) {
    Map<Object, SerializedString> names = new HashMap<>();
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      String name = WireNames.constant(((Enum<?>) constant).name());
      names.put(constant, new SerializedString(name));
      constants.put(name, constant);
    }
    return new Shape.OneOf(names, constants);
  }

  private static boolean isIdentifier(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1
        && components[0].getType() == String.class
        && components[0].getName().equals("value");
  }

  private static Shape identifier(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return new Shape.Identifier(constructor(type, components), accessor(components[0]));
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      return MethodHandles.publicLookup().unreflect(component.getAccessor()).asType(GET);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(component + " cannot be read", e);
    }
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    MethodType of =
        MethodType.methodType(
            void.class, Stream.of(components).map(RecordComponent::getType).toList());
    try {
      return MethodHandles.publicLookup()
          .findConstructor(type, of)
          .asSpreader(Object[].class, components.length)
          .asType(MAKE);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(type + " cannot be made", e);
    }
  }
}
