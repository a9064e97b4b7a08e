package io.modeldepot.events.contract;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the source of a record says of its components: type, whether it is required, its sentence.
 */
record RecordShape(Class<?> type, String sentence, List<Component> components) {

  record Component(String name, Type valueType, boolean required, String sentence) {}

  private static final Pattern HEAD = Pattern.compile("/\\*\\*(.*?)(@param|\\*/)", Pattern.DOTALL);

  static RecordShape of(Class<?> type) {
    String source = source(type);
    int declaration = source.indexOf("public record " + type.getSimpleName());
    String javadoc = source.substring(source.lastIndexOf("/**", declaration), declaration);
    Matcher head = HEAD.matcher(javadoc);
    String sentence = head.find() ? Javadoc.plain(head.group(1)) : "";
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(
          new Component(
              component.getName(),
              valueType(component.getGenericType()),
              required(component),
              Javadoc.parameter(javadoc, component.getName())));
    }
    return new RecordShape(type, sentence, components);
  }

  static boolean isTerm(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getDeclaredFields()).anyMatch(f -> f.getName().equals("PATTERN"));
  }

  static String pattern(Class<?> term) {
    try {
      return (String) term.getField("PATTERN").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values of an enumeration as they are written, without the one for values of the future. */
  static List<String> values(Class<?> enumeration) {
    List<String> values = new ArrayList<>();
    for (Object constant : enumeration.getEnumConstants()) {
      if (!isForTheFuture((Enum<?>) constant)) {
        values.add(Wire.mapper().convertValue(constant, String.class));
      }
    }
    return values;
  }

  /** Whether readers keep a value that they do not know. */
  static boolean isOpen(Class<?> enumeration) {
    return Arrays.stream(enumeration.getEnumConstants())
        .anyMatch(constant -> isForTheFuture((Enum<?>) constant));
  }

  private static boolean isForTheFuture(Enum<?> constant) {
    try {
      return constant
          .getDeclaringClass()
          .getField(constant.name())
          .isAnnotationPresent(JsonEnumDefaultValue.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Type valueType(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Optional.class
        ? p.getActualTypeArguments()[0]
        : type;
  }

  private static boolean required(RecordComponent component) {
    JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
    return component.getType() != Optional.class && include == null;
  }

  private static String source(Class<?> type) {
    Path file =
        Documents.root()
            .resolve("model-events/src/main/java")
            .resolve(type.getName().replace('.', '/') + ".java");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
