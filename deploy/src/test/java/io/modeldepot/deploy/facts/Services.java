package io.modeldepot.deploy.facts;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The services, and what their sources say of them. */
public final class Services {
  /** Where a service says that it can be used; Compose asks there too. */
  public static final String READY = "/q/health/ready";

  /** Where it says that it should not be started anew. */
  public static final String LIVE = "/q/health/live";

  public static final List<String> NAMES =
      List.of("registry", "downloader", "janitor", "placement", "mirror");

  private Services() {}

  /** The port of every service's door. */
  public static Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String name : NAMES) {
      Properties properties = new Properties();
      try {
        properties.load(
            new StringReader(
                Checkout.read(name + "-service/src/main/resources/application.properties")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ports.put(name, Integer.valueOf(properties.getProperty("quarkus.http.port")));
    }
    return ports;
  }

  /** The heap in MiB that {@code make up} gives a service. */
  public static int heap(String name) {
    String plan =
        Checkout.read("standalone/src/main/java/io/modeldepot/standalone/process/Plan.java");
    Matcher size =
        Pattern.compile("service\\(\"" + name + "-service\", new Size\\((\\d+),").matcher(plan);
    if (!size.find()) {
      throw new IllegalStateException("No heap is said for " + name);
    }
    return Integer.parseInt(size.group(1));
  }
}
