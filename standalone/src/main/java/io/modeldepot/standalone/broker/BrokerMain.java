package io.modeldepot.standalone.broker;

import io.modeldepot.standalone.child.Arguments;
import io.modeldepot.standalone.child.FreePort;
import io.modeldepot.standalone.child.Leash;
import io.modeldepot.standalone.child.ReadyLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The broker as a process: {@code --data DIR} where it keeps everything, {@code --port N} the
 * wanted port (default 9092; when taken, the next free one), {@code --exact} to fail instead,
 * {@code --settings FILE} with more of Kafka's settings, which come on top of ours, {@code --leash}
 * to end when standard input ends. Prints {@code READY {"bootstrapServers":…,"port":…,"pid":…}}
 * once clients are served; ends in order by SIGTERM.
 */
public final class BrokerMain {
  private static final int DEFAULT_PORT = 9092;

  private BrokerMain() {}

  /** Runs until told to end. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Arguments given =
        new Arguments(args, Set.of("data", "port", "settings"), Set.of("leash", "exact"));
    Path data =
        Path.of(
            given
                .value("data")
                .orElseThrow(() -> new IllegalArgumentException("--data DIR is needed.")));
    int wanted = given.port("port", DEFAULT_PORT);
    int port = given.has("exact") ? wanted : FreePort.near(wanted);
    if (given.has("leash")) {
      Leash.heldBy(System.in);
    }
    Broker broker = Broker.start(data, port, settings(given));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("bootstrapServers", broker.bootstrapServers());
    ready.put("port", broker.port());
    ready.put("pid", ProcessHandle.current().pid());
    ReadyLine.print(out, ready);
    broker.awaitEnd();
  }

  private static Map<String, String> settings(Arguments given) throws IOException {
    Properties read = new Properties();
    Optional<String> file = given.value("settings");
    if (file.isPresent()) {
      try (Reader in = Files.newBufferedReader(Path.of(file.get()))) {
        read.load(in);
      }
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, read::getProperty));
  }
}
