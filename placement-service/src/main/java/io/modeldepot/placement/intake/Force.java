package io.modeldepot.placement.intake;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.announce.Occasion;
import io.modeldepot.placement.announce.PlanPublisher;
import io.modeldepot.placement.site.DemandReading;
import io.modeldepot.placement.site.Site;
import io.modeldepot.placement.whatif.Proposal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * The plan that is in force, in the hands of who leads: nobody else announces, so what was read to
 * the end once and what was announced since is all there is. One thread.
 */
final class Force implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Force.class);

  private final PlanPublisher publisher;
  private final Decisions decisions;
  private final Map<String, ModelPlaced> announced;

  private Force(PlanPublisher publisher, Decisions decisions, Map<String, ModelPlaced> announced) {
    this.publisher = publisher;
    this.decisions = decisions;
    this.announced = new HashMap<>(announced);
  }

  /** Takes over: fences whoever led, then reads what was announced to its end. */
  static Force take(
      KafkaConnection connection, ServiceIdentity identity, Decisions decisions, Tracing tracing)
      throws InterruptedException, ExecutionException {
    PlanPublisher publisher = new PlanPublisher(connection, identity, tracing);
    StateTable<ModelPlaced> table = StateTable.byGeneration(ModelPlaced::generation);
    try (StateTopicReader<ModelPlaced> reader =
        StateTopicReader.start(connection, Topics.MODEL_PLACED, ModelPlaced.class, table)) {
      reader.caughtUp().get();
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      publisher.close();
      throw e;
    }
    return new Force(publisher, decisions, table.all());
  }

  Map<String, ModelPlaced> announced() {
    return Map.copyOf(announced);
  }

  long lastNumber() {
    return announced.values().stream().mapToLong(ModelPlaced::plan).max().orElse(0);
  }

  /** Puts a proposal into force: announces what differs, all of it or nothing. */
  void apply(Proposal proposal, Site.View view, long number, Occasion occasion)
      throws PlanPublisher.Fenced {
    Map<ModelName, String> others = new HashMap<>();
    for (DemandReading.Unplannable one : view.unplannable()) {
      others.put(one.model(), one.why());
    }
    List<ModelPlaced> changed =
        decisions.changed(proposal, others, announced, number, occasion.decided());
    if (changed.isEmpty()) {
      return;
    }
    publisher.publish(changed, occasion);
    changed.forEach(one -> announced.put(one.model().value(), one));
    LOG.infof(
        "Plan %d: %d of %d replicas placed, %d decisions changed, at most %.3f %% below the best",
        number,
        proposal.plan().placed().all().size(),
        proposal.plan().placed().all().size() + proposal.plan().unplaced().size(),
        changed.size(),
        100 * proposal.plan().gapToBound());
  }

  @Override
  public void close() {
    publisher.close();
  }
}
