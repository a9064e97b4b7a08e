package io.modeldepot.registry.desired;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.desired.difference.Change;
import io.modeldepot.registry.desired.difference.Deed;
import io.modeldepot.registry.desired.difference.Difference;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.downloads.Requests;
import io.modeldepot.registry.maintenance.MaintenanceRequests;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.site.SiteSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does what a difference says, each deed through the door that a single command goes through. One
 * entry more in the audit trail says that they belong together, and because of which request.
 */
@ApplicationScoped
class CarryingOut {
  private final Catalog catalog;
  private final SiteSettings settings;
  private final Requests requests;
  private final MaintenanceRequests maintenance;
  private final Ledger ledger;

  CarryingOut(
      Catalog catalog,
      SiteSettings settings,
      Requests requests,
      MaintenanceRequests maintenance,
      Ledger ledger) {
    this.catalog = catalog;
    this.settings = settings;
    this.requests = requests;
    this.maintenance = maintenance;
    this.ledger = ledger;
  }

  /**
   * Does all of it in the caller's transaction, which holds what the difference was made from.
   *
   * @param because the request that asked for it
   * @return the work that goes on after the transaction: downloads, archiving
   */
  @Transactional(Transactional.TxType.MANDATORY)
  List<StateView.Work> carryOut(Difference difference, String because, Origin origin) {
    List<StateView.Work> work = new ArrayList<>();
    if (difference.same()) {
      return work;
    }
    for (Change change : difference.changes()) {
      for (Deed deed : change.deeds()) {
        Origin part = origin.and(deed.event().name() + "/" + change.object());
        carryOut(deed, part)
            .ifPresent(
                id ->
                    work.add(new StateView.Work(change.object(), deed.event().name(), id.value())));
      }
    }
    ledger.write(
        origin.entry(
            "desired-state.applied",
            "desired-state",
            Map.of(
                "plan", difference.plan(),
                "requestId", because,
                "prune", difference.prune(),
                "changed", difference.changes().stream().map(Change::object).toList())),
        List.of());
    return work;
  }

  private Optional<RequestId> carryOut(Deed deed, Origin origin) {
    return switch (deed) {
      case Deed.Describe it -> {
        describe(it, origin);
        yield Optional.empty();
      }
      case Deed.Fetch it -> {
        DownloadRequested asked = DownloadRequested.of(it.model());
        RequestId id = Ids.request();
        boolean unused =
            requests.ask(
                it.commit().map(CommitId::value).map(asked::withRevision).orElse(asked),
                id,
                origin);
        yield Optional.of(id);
      }
      case Deed.Archive it -> Optional.of(move(it.model(), CleanupAction.ARCHIVE, origin));
      case Deed.Unarchive it -> Optional.of(move(it.model(), CleanupAction.UNARCHIVE, origin));
      case Deed.Set it -> {
        var unused = settings.put(it.key(), it.value(), origin);
        yield Optional.empty();
      }
      case Deed.Unset it -> {
        settings.remove(it.key(), origin);
        yield Optional.empty();
      }
    };
  }

  private void describe(Deed.Describe deed, Origin origin) {
    ModelDescribed unused =
        deed.anew()
            ? catalog.create(deed.entry(), origin)
            : catalog.edit(deed.entry().model(), before -> deed.entry(), origin);
  }

  private RequestId move(ModelName model, CleanupAction action, Origin origin) {
    RequestId id = Ids.request();
    CleanupDue due = CleanupDue.ofModel(model, action, id);
    boolean unused = maintenance.ask(due, id, origin);
    return id;
  }
}
