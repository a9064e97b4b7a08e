package io.modeldepot.events.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a model, or for a running download to be cancelled. {@code {"model":"phi-2"}} is enough.
 *
 * @param model required unless a repository is given
 * @param action default download
 * @param requestId see "Commands"; needed to cancel
 * @param repository default: the catalog's
 * @param revision branch, tag or commit; default: the catalog's pin, else its branch, else main
 * @param profile default: the catalog's
 * @param include globs on the path
 * @param exclude globs on the path
 * @param location default: the locations in model-described
 * @param source default hub; replica: another location of the site, the revision is the commit
 * @param from directory, with import and adopt
 * @param priority 0 to 9, default 5
 * @param force fetch again even if present and verified
 * @param plan resolve and check only
 * @param actor who says to have asked; a claim
 */
public record DownloadRequested(
    Optional<ModelName> model,
    Optional<DownloadAction> action,
    Optional<RequestId> requestId,
    Optional<RepositoryId> repository,
    Optional<String> revision,
    Optional<Profile> profile,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> exclude,
    Optional<LocationName> location,
    Optional<DownloadSource> source,
    Optional<String> from,
    Optional<Integer> priority,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean force,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean plan,
    Optional<String> actor) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public DownloadRequested {
    model = Components.optional(model);
    action = Components.optional(action);
    requestId = Components.optional(requestId);
    repository = Components.optional(repository);
    revision = Components.optional(revision);
    profile = Components.optional(profile);
    include = Components.list(include);
    exclude = Components.list(exclude);
    location = Components.optional(location);
    source = Components.optional(source);
    from = Components.optional(from);
    priority = Components.optional(priority);
    actor = Components.optional(actor);
  }

  /** The smallest request: a model by its catalog name. */
  public static DownloadRequested of(ModelName model) {
    return new DownloadRequested(
        Optional.of(model),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  /**
   * The command that cancels a request.
   *
   * @param model of that request
   * @param location of that request
   */
  public static DownloadRequested cancelling(
      RequestId request,
      Optional<ModelName> model,
      Optional<LocationName> location,
      Optional<String> actor) {
    return new DownloadRequested(
        model,
        Optional.of(DownloadAction.CANCEL),
        Optional.of(request),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        location,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        actor);
  }

  /** The same request for a model by its catalog name. */
  public DownloadRequested withModel(ModelName name) {
    return new DownloadRequested(
        Optional.of(name),
        action,
        requestId,
        repository,
        revision,
        profile,
        include,
        exclude,
        location,
        source,
        from,
        priority,
        force,
        plan,
        actor);
  }

  /** The same request under an id. */
  public DownloadRequested withRequestId(RequestId id) {
    return new DownloadRequested(
        model,
        action,
        Optional.of(id),
        repository,
        revision,
        profile,
        include,
        exclude,
        location,
        source,
        from,
        priority,
        force,
        plan,
        actor);
  }

  /** The same request, to resolve and check only. */
  public DownloadRequested asPlan() {
    return new DownloadRequested(
        model,
        action,
        requestId,
        repository,
        revision,
        profile,
        include,
        exclude,
        location,
        source,
        from,
        priority,
        force,
        true,
        actor);
  }

  /** The same request for a branch, tag or commit. */
  public DownloadRequested withRevision(String wanted) {
    return new DownloadRequested(
        model,
        action,
        requestId,
        repository,
        Optional.of(wanted),
        profile,
        include,
        exclude,
        location,
        source,
        from,
        priority,
        force,
        plan,
        actor);
  }
}
