package io.modeldepot.registry.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods an address has. RFC 9110 wants them in {@code Allow} with every 405, and the
 * framework leaves them out.
 */
@ApplicationScoped
class AllowedMethods {
  private final Map<String, Set<String>> methods = new HashMap<>();

  AllowedMethods(BeanManager beans) {
    for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      Path at = bean.getBeanClass().getAnnotation(Path.class);
      if (at != null) {
        for (Method method : bean.getBeanClass().getDeclaredMethods()) {
          learn(at.value(), method);
        }
      }
    }
  }

  /** The methods of an address, in the order of their names. */
  Set<String> at(String address) {
    Set<String> allowed = new TreeSet<>();
    methods.forEach(
        (form, names) -> {
          if (Pattern.matches(form, address)) {
            allowed.addAll(names);
          }
        });
    return allowed;
  }

  private void learn(String at, Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        Path below = method.getAnnotation(Path.class);
        String form = (at + (below == null ? "" : below.value())).replaceAll("\\{[^}]+}", "[^/]+");
        Set<String> names = methods.computeIfAbsent(form, ignored -> new TreeSet<>());
        names.add(http.value());
        names.add(HttpMethod.OPTIONS);
        if (http.value().equals(HttpMethod.GET)) {
          names.add(HttpMethod.HEAD);
        }
      }
    }
  }
}
