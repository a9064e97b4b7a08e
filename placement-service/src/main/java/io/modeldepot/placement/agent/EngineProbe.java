package io.modeldepot.placement.agent;

import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.fleet.GpuProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;

/**
 * Asks the engines of this host how large they are. What one takes of a GPU is what its processes
 * take, found by their command lines; where these are hidden, by being alone there.
 */
public final class EngineProbe {
  private static final Logger LOG = Logger.getLogger(EngineProbe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 8 << 20;

  private final EngineAddresses addresses;
  private final HostProcesses processes;
  private final Map<EngineAddresses.Engine, String> trouble = new HashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param proc where the host's processes are shown
   */
  public EngineProbe(EngineAddresses addresses, Path proc) {
    this.addresses = addresses;
    this.processes = new HostProcesses(proc);
  }

  /** Every engine that answers, measured. */
  List<MeasuredEngine> measure(List<GpuProcess> onGpus) throws InterruptedException {
    List<MeasuredEngine> measured = new ArrayList<>();
    for (EngineAddresses.Engine engine : addresses.engines()) {
      try {
        Optional<VllmMetrics> said = VllmMetrics.read(ask(engine));
        if (said.isEmpty()) {
          tell(engine, "it does not say the size of its KV cache as vLLM does");
        } else if (!said.get().model().matches(ModelName.PATTERN)) {
          tell(engine, "it serves under a name that is none of the catalog's");
        } else {
          measured.add(measured(engine, said.get(), onGpus));
          tell(engine, "");
        }
      } catch (IOException e) {
        tell(engine, "it does not answer: " + e.getMessage());
      }
    }
    return measured;
  }

  private MeasuredEngine measured(
      EngineAddresses.Engine engine, VllmMetrics said, List<GpuProcess> onGpus) {
    return new MeasuredEngine(
        ModelName.of(said.model()),
        engine.gpus(),
        said.kvTokens(),
        said.kvDtype(),
        boxed(said.memoryUtilization()),
        taken(engine, said.model(), onGpus),
        boxed(said.kvUsage()),
        said.requests().isPresent() ? Optional.of(said.requests().getAsLong()) : Optional.empty());
  }

  /** The most that it takes of one of its GPUs; empty if that is not known of all of them. */
  private Optional<Long> taken(
      EngineAddresses.Engine engine, String model, List<GpuProcess> onGpus) {
    long most = 0;
    for (String gpu : engine.gpus()) {
      List<GpuProcess> there = onGpus.stream().filter(it -> it.gpu().equals(gpu)).toList();
      List<GpuProcess> its =
          there.stream()
              .filter(it -> processes.servedBy(it.pid()).filter(model::equals).isPresent())
              .toList();
      boolean alone =
          there.size() == 1
              && processes.servedBy(there.getFirst().pid()).isEmpty()
              && addresses.engines().stream().filter(it -> it.gpus().contains(gpu)).count() == 1;
      if (its.isEmpty() && !alone) {
        return Optional.empty();
      }
      most = Math.max(most, (alone ? there : its).stream().mapToLong(GpuProcess::bytes).sum());
    }
    return most == 0 ? Optional.empty() : Optional.of(most);
  }

  private String ask(EngineAddresses.Engine engine) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(engine.metrics()).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP " + answer.statusCode());
      }
      return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  private void tell(EngineAddresses.Engine engine, String what) {
    String before = trouble.put(engine, what);
    if (!what.equals(before) && !(before == null && what.isEmpty())) {
      if (what.isEmpty()) {
        LOG.infof("The engine at %s is measured again.", engine.metrics());
      } else {
        LOG.warnf("The engine at %s is not measured: %s", engine.metrics(), what);
      }
    }
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }
}
