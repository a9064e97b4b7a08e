package io.modeldepot.simulation.time;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;

/**
 * Code that can stop in the middle of a call and go on later, on the thread that drives it. It is
 * what virtual threads are made of; the JDK keeps it to itself, so this needs {@code
 * --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED}. A thread of its own per process of the
 * simulation would do as well, at twenty times the price of a switch, and it would not be one
 * thread.
 */
final class Coroutine {
  private static final Constructor<?> NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle YIELD;
  private static final MethodHandle DONE;
  private static final Object SCOPE;

  static {
    try {
      Class<?> type = Class.forName("jdk.internal.vm.Continuation");
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SCOPE = scope.getConstructor(String.class).newInstance("simulation");
      NEW = type.getConstructor(scope, Runnable.class);
      RUN = unreflected(lookup, type, void.class, "run");
      DONE = unreflected(lookup, type, boolean.class, "isDone");
      YIELD =
          lookup
              .unreflect(type.getMethod("yield", scope))
              .asType(MethodType.methodType(boolean.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Start Java with --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED.", e);
    }
  }

  private final Object continuation;

  Coroutine(Runnable body) {
    try {
      continuation = NEW.newInstance(SCOPE, body);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle unreflected(
      MethodHandles.Lookup lookup, Class<?> type, Class<?> result, String name)
      throws ReflectiveOperationException {
    return lookup
        .unreflect(type.getMethod(name))
        .asType(MethodType.methodType(result, Object.class));
  }

  /** Goes on until it stops again or ends. */
  void run() {
    try {
      RUN.invokeExact(continuation);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  boolean isDone() {
    try {
      return (boolean) DONE.invokeExact(continuation);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** Stops the coroutine that calls it. */
  static void stop() {
    try {
      boolean unused = (boolean) YIELD.invokeExact(SCOPE);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static RuntimeException thrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
