package io.modeldepot.placement.agent;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The engines of this host that may be asked, from {@code gpus=URL}: {@code
 * 0=http://127.0.0.1:8000, 1+2=http://127.0.0.1:8010}. {@code /metrics} is added where there is no
 * path.
 *
 * @param engines in the order of the setting
 */
public record EngineAddresses(List<Engine> engines) {
  /** None. */
  public static final EngineAddresses NONE = new EngineAddresses(List.of());

  /**
   * One engine.
   *
   * @param gpus ids of the GPUs it has
   * @param metrics where it tells its metrics
   */
  public record Engine(List<String> gpus, URI metrics) {
    /** Copies. */
    public Engine {
      gpus = List.copyOf(gpus);
    }
  }

  /** Copies. */
  public EngineAddresses {
    engines = List.copyOf(engines);
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public static EngineAddresses of(List<String> setting) {
    List<Engine> engines = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String entry : setting) {
      String text = entry.strip();
      int equals = text.indexOf('=');
      if (text.isEmpty()) {
        continue;
      }
      try {
        engines.add(
            new Engine(
                List.of(text.substring(0, Math.max(0, equals)).split("\\+")),
                metrics(text.substring(equals + 1), equals)));
      } catch (IllegalArgumentException e) {
        faults.add(
            (equals < 0 ? text : text.substring(0, equals))
                + ": GPU=http://host:port is required, without a user in it.");
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("DEPOT_PLACEMENT_ENGINES: " + String.join(" ", faults));
    }
    return new EngineAddresses(engines);
  }

  private static URI metrics(String text, int equals) {
    URI uri = URI.create(text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (equals < 1 || !web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("no address");
    }
    return uri.getPath() == null || uri.getPath().length() < 2 ? uri.resolve("/metrics") : uri;
  }
}
