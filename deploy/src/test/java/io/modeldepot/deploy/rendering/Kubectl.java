package io.modeldepot.deploy.rendering;

import io.modeldepot.deploy.facts.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** The program that builds kustomizations, where there is one. No cluster is asked. */
public final class Kubectl {
  private Kubectl() {}

  /** Whether it is on this machine. */
  public static boolean isHere() {
    try {
      Process process =
          new ProcessBuilder("kubectl", "version", "--client")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a kustomization comes to. */
  public static String kustomize(String folder) {
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", Checkout.file(folder).toString()).start();
      process.getOutputStream().close();
      Thread.Builder.OfVirtual reader = Thread.ofVirtual();
      StringBuilder error = new StringBuilder();
      Thread errors =
          reader.start(
              () -> {
                try {
                  error.append(new String(process.getErrorStream().readAllBytes()));
                } catch (IOException e) {
                  error.append(e.getMessage());
                }
              });
      String text = new String(process.getInputStream().readAllBytes());
      errors.join();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(folder + ": " + error);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
