package io.modeldepot.store.layout;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import java.nio.file.Path;
import java.util.List;

/**
 * Where everything lies on the volume.
 *
 * @param root the volume, absolute
 */
public record Layout(Path root) {
  /** Files below this size are copied into every tree; the others are hard links of one blob. */
  public static final long SMALL_BYTES = 1L << 20;

  /** The name of a claim's one entry while nobody holds it. */
  public static final String FREE = "free";

  /** What the name of a directory that is being made or removed begins with. */
  public static final String HIDDEN = ".";

  /** What the name of a directory in the trash begins with that could not be emptied. */
  public static final String LEFT = HIDDEN + "left-";

  /** Makes the root absolute, so that a later change of directory changes nothing. */
  public Layout {
    root = root.toAbsolutePath().normalize();
  }

  /** {@code .depot}: what the volume says about itself. */
  public Path depot() {
    return root.resolve(".depot");
  }

  /** {@code .depot/volume.json}: without it there is no volume here. */
  public Path volumeFile() {
    return depot().resolve("volume.json");
  }

  /** {@code .depot/trash}. */
  public Path trash() {
    return depot().resolve("trash");
  }

  /** {@code .depot/quarantine}: what was damaged or not ours, with the evidence. */
  public Path quarantine() {
    return depot().resolve("quarantine");
  }

  /** {@code .depot/archive}. */
  public Path archive() {
    return depot().resolve("archive");
  }

  /** {@code .depot/janitor}: what the janitor remembers. */
  public Path janitor() {
    return depot().resolve("janitor");
  }

  /** {@code cache}: nothing in it is a last copy. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** {@code cache/CACHEDIR.TAG}: backup programs leave the directory out. */
  public Path cacheTag() {
    return cache().resolve("CACHEDIR.TAG");
  }

  /** {@code cache/blobs/sha256}. */
  public Path blobs() {
    return cache().resolve("blobs").resolve("sha256");
  }

  /** {@code cache/blobs/sha256/ab/abcdef…}. */
  public Path blob(Sha256 digest) {
    return blobs().resolve(digest.value().substring(0, 2)).resolve(digest.value());
  }

  /** {@code cache/chunks/sha256}. */
  public Path chunkLists() {
    return cache().resolve("chunks").resolve("sha256");
  }

  /** {@code cache/chunks/sha256/ab/abcdef…}: of which pieces the file with this digest is made. */
  public Path chunkList(Sha256 digest) {
    return chunkLists().resolve(digest.value().substring(0, 2)).resolve(digest.value());
  }

  /** {@code downloads}. */
  public Path downloads() {
    return root.resolve("downloads");
  }

  /** {@code downloads/<id>}: the claim of a job. */
  public Path job(RequestId id) {
    return downloads().resolve(id.value());
  }

  /** {@code downloads/<id>.json}: the journal of a job. */
  public Path journal(RequestId id) {
    return downloads().resolve(id.value() + ".json");
  }

  /** {@code downloads/<id>.cancel}: somebody wants the job to end. */
  public Path cancel(RequestId id) {
    return downloads().resolve(id.value() + ".cancel");
  }

  /** {@code versions}. */
  public Path versions() {
    return root.resolve("versions");
  }

  /** {@code versions/<model>}. */
  public Path model(ModelName model) {
    return versions().resolve(model.value());
  }

  /** {@code versions/<model>/.claim}: the claim of a model. */
  public Path modelClaim(ModelName model) {
    return model(model).resolve(".claim");
  }

  /** {@code versions/<model>/current.json}: the commit point. */
  public Path current(ModelName model) {
    return model(model).resolve("current.json");
  }

  /** {@code versions/<model>/<commit>.json}: a version exists when its manifest does. */
  public Path manifest(ModelName model, CommitId commit) {
    return model(model).resolve(commit.value() + ".json");
  }

  /** {@code versions/<model>/<commit>.sig}. */
  public Path signature(ModelName model, CommitId commit) {
    return model(model).resolve(commit.value() + ".sig");
  }

  /** {@code versions/<model>/<commit>}: the immutable tree, which engines are told. */
  public Path tree(ModelName model, CommitId commit) {
    return model(model).resolve(commit.value());
  }

  /** {@code versions/<model>/<commit>}, relative to the volume, as it is announced. */
  public static String announcedPath(ModelName model, CommitId commit) {
    return "versions/" + model + "/" + commit;
  }

  /** {@code models}. */
  public Path models() {
    return root.resolve("models");
  }

  /** {@code models/<family>/<model>}: the current version to look at. */
  public Path view(FamilyName family, ModelName model) {
    return models().resolve(family.value()).resolve(model.value());
  }

  /** The text of the view's link on a file system without hard links. */
  public static String viewTarget(ModelName model, CommitId commit) {
    return "../../" + announcedPath(model, commit);
  }

  /** {@code active}. */
  public Path active() {
    return root.resolve("active");
  }

  /** {@code active/<model>}: present while the model is active. */
  public Path active(ModelName model) {
    return active().resolve(model.value());
  }

  /** The text of the link {@code active/<model>}: relative, so that it holds on every mount. */
  public static String activeTarget(ModelName model, CommitId commit) {
    return "../" + announcedPath(model, commit);
  }

  /** {@code engines}: what the downloader writes for inference servers. */
  public Path engines() {
    return root.resolve("engines");
  }

  /** {@code engines/triton}: below it one model repository for every set of GPUs. */
  public Path triton() {
    return engines().resolve("triton");
  }

  /** {@code engines/.claim}: who keeps what lies below. */
  public Path enginesClaim() {
    return engines().resolve(".claim");
  }

  /** {@code engines/placed}: what was published of each model. */
  public Path enginesPlaced() {
    return engines().resolve("placed");
  }

  /** {@code engines/placed/<model>.json}. */
  public Path enginesPlaced(ModelName model) {
    return enginesPlaced().resolve(model.value() + ".json");
  }

  /** Every directory that setup makes, parents first. */
  public List<Path> directories() {
    return List.of(
        depot(),
        trash(),
        quarantine(),
        archive(),
        janitor(),
        cache(),
        cache().resolve("blobs"),
        blobs(),
        downloads(),
        versions(),
        models(),
        active(),
        engines(),
        triton());
  }

  /** A path below a tree from a checked repository path. */
  public static Path below(Path tree, String repositoryPath) {
    return tree.resolve(FilePaths.checked(repositoryPath));
  }

  /** A path of the volume as people see it: relative to the root. */
  public String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }
}
