package io.modeldepot.registry.desired.difference;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import java.util.Map;
import java.util.Optional;

/** One thing that is done for a change: what a single command would do, and the same event. */
public sealed interface Deed {

  /** The topic on which it goes out. */
  TopicSpec event();

  /** In words. */
  String say();

  /**
   * An entry is made, or changed.
   *
   * @param entry the whole of it, under the generation that it has now
   * @param anew whether it is made
   */
  record Describe(ModelDescribed entry, boolean anew) implements Deed {
    @Override
    public TopicSpec event() {
      return Topics.MODEL_DESCRIBED;
    }

    @Override
    public String say() {
      return anew ? "make the entry" : "change the entry";
    }
  }

  /**
   * A version is downloaded, or a kept one becomes current again.
   *
   * @param commit that one; empty: what the branch is at
   * @param branch the name of that
   */
  record Fetch(ModelName model, Optional<CommitId> commit, String branch) implements Deed {
    private static final int SHORT = 7;

    @Override
    public TopicSpec event() {
      return Topics.DOWNLOAD_REQUESTED;
    }

    @Override
    public String say() {
      return "download @" + commit.map(it -> it.value().substring(0, SHORT)).orElse(branch);
    }
  }

  /** The versions are packed into the archive. */
  record Archive(ModelName model) implements Deed {
    @Override
    public TopicSpec event() {
      return Topics.CLEANUP_DUE;
    }

    @Override
    public String say() {
      return "pack its versions into the archive";
    }
  }

  /** The versions come back from the archive. */
  record Unarchive(ModelName model) implements Deed {
    @Override
    public TopicSpec event() {
      return Topics.CLEANUP_DUE;
    }

    @Override
    public String say() {
      return "bring its versions back from the archive";
    }
  }

  /** A setting of the site is set. */
  record Set(String key, Map<String, Object> value) implements Deed {
    public Set {
      value = Map.copyOf(value);
    }

    @Override
    public TopicSpec event() {
      return Topics.SITE_DESCRIBED;
    }

    @Override
    public String say() {
      return "set " + key;
    }
  }

  /** A setting of the site is taken back. */
  record Unset(String key) implements Deed {
    @Override
    public TopicSpec event() {
      return Topics.SITE_DESCRIBED;
    }

    @Override
    public String say() {
      return "take back " + key;
    }
  }
}
