package io.modeldepot.hub.document;

import java.util.List;

/**
 * The names that a repository gives to commits.
 *
 * @param branches for example {@code main}
 * @param converts branches that the Hub made by conversion
 * @param tags tags
 */
public record Refs(List<Ref> branches, List<Ref> converts, List<Ref> tags) {
  public Refs {
    branches = Fields.list(branches);
    converts = Fields.list(converts);
    tags = Fields.list(tags);
  }

  /**
   * One name.
   *
   * @param name {@code main}
   * @param ref {@code refs/heads/main}
   * @param targetCommit 40 hexadecimal digits
   */
  public record Ref(String name, String ref, String targetCommit) {
    public Ref {
      Fields.required(name, "name");
      Fields.required(ref, "ref");
      Fields.required(targetCommit, "targetCommit");
    }

    /** A branch. */
    public static Ref branch(String name, String commit) {
      return new Ref(name, "refs/heads/" + name, commit);
    }

    /** A tag. */
    public static Ref tag(String name, String commit) {
      return new Ref(name, "refs/tags/" + name, commit);
    }
  }
}
