package io.modeldepot.placement.whatif;

import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What becomes of a replica. */
public sealed interface Difference {

  /** Which. */
  ReplicaId replica();

  /** It runs from now on. */
  record Started(Assignment to) implements Difference {
    @Override
    public ReplicaId replica() {
      return to.replica();
    }
  }

  /** It runs no more. */
  record Stopped(Assignment from) implements Difference {
    @Override
    public ReplicaId replica() {
      return from.replica();
    }
  }

  /** It goes to other GPUs. */
  record Moved(Assignment from, Assignment to) implements Difference {
    @Override
    public ReplicaId replica() {
      return to.replica();
    }
  }

  /** It stays, and is served otherwise. */
  record Restarted(Assignment from, Assignment to) implements Difference {
    @Override
    public ReplicaId replica() {
      return to.replica();
    }
  }

  /** Between two states of the site, in order of the replicas; what stays as it is is left out. */
  static List<Difference> between(Assignments before, Assignments after) {
    Map<ReplicaId, Assignment> then = before.byReplica();
    Map<ReplicaId, Assignment> now = after.byReplica();
    TreeSet<ReplicaId> all = new TreeSet<>(then.keySet());
    all.addAll(now.keySet());
    List<Difference> differences = new ArrayList<>();
    for (ReplicaId replica : all) {
      Assignment from = then.get(replica);
      Assignment to = now.get(replica);
      if (from == null && to != null) {
        differences.add(new Started(to));
      } else if (from != null && to == null) {
        differences.add(new Stopped(from));
      } else if (from != null && to != null && !from.sameAs(to)) {
        differences.add(from.sameGpus(to) ? new Restarted(from, to) : new Moved(from, to));
      }
    }
    return differences;
  }
}
