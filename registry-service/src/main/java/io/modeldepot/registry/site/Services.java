package io.modeldepot.registry.site;

import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.ServiceState;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who is there. A service that has not reported for thirty seconds is not up, whatever it said. */
@ApplicationScoped
public class Services {
  private static final Duration SILENT = Duration.ofSeconds(30);
  private static final Duration GONE = Duration.ofHours(1);

  private final StateTable<ServiceReported> reports = StateTable.byArrival();
  private final InstantSource clock;

  Services(InstantSource clock) {
    this.clock = clock;
  }

  /** A service, as it last said and as that looks now. */
  public record Service(
      String service,
      String instance,
      String version,
      String state,
      boolean up,
      long ageSeconds,
      Optional<String> detail,
      Optional<Long> lagRecords,
      Optional<Double> lagSeconds,
      Instant reportedAt) {}

  /** Takes a report. */
  public void heard(StateRecord<ServiceReported> report) {
    reports.heard(report);
  }

  /** The services by name; those that stopped in order or are silent for an hour are left out. */
  public List<Service> now() {
    Instant now = clock.instant();
    return reports.all().values().stream()
        .filter(report -> report.reportedAt().isAfter(now.minus(GONE)))
        .filter(report -> report.state() != ServiceState.STOPPING)
        .map(report -> seen(report, now))
        .sorted(Comparator.comparing(Service::service).thenComparing(Service::instance))
        .toList();
  }

  private static Service seen(ServiceReported report, Instant now) {
    long age = Math.max(0, Duration.between(report.reportedAt(), now).toSeconds());
    return new Service(
        report.service(),
        report.instance(),
        report.version(),
        report.state().name().toLowerCase(Locale.ROOT),
        age <= SILENT.toSeconds(),
        age,
        report.detail(),
        report.lagRecords(),
        report.lagSeconds(),
        report.reportedAt());
  }
}
