package io.modeldepot.janitor.site;

import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the state topics said at one moment.
 *
 * @param location where we are
 * @param wishes the catalog
 * @param placements what runs where
 * @param uses leases and reads at this location
 * @param hosts what hosts last reported of their GPUs and engines
 * @param settings of the site, by key
 * @param copies who has what of the models that do not belong here
 * @param now the moment, by this machine's clock
 */
public record Site(
    LocationName location,
    Map<ModelName, ModelDescribed> wishes,
    Map<ModelName, ModelPlaced> placements,
    List<ModelUsed> uses,
    List<GpuReported> hosts,
    Map<String, SiteDescribed> settings,
    Copies copies,
    Instant now) {

  /** Keeps its own copies. */
  public Site {
    wishes = Map.copyOf(wishes);
    placements = Map.copyOf(placements);
    uses = List.copyOf(uses);
    hosts = List.copyOf(hosts);
    settings = Map.copyOf(settings);
  }

  /** A site of which nobody knows the copies. */
  public Site(
      LocationName location,
      Map<ModelName, ModelDescribed> wishes,
      Map<ModelName, ModelPlaced> placements,
      List<ModelUsed> uses,
      List<GpuReported> hosts,
      Map<String, SiteDescribed> settings,
      Instant now) {
    this(location, wishes, placements, uses, hosts, settings, Copies.UNKNOWN, now);
  }

  /** What the site wishes of retention. */
  public Retention retention() {
    SiteDescribed set = settings.get(Retention.KEY);
    return set == null ? Retention.USUAL : Retention.of(set.value());
  }
}
