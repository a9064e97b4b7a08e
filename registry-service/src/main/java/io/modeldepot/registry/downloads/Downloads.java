package io.modeldepot.registry.downloads;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Downloads as they are shown. */
@ApplicationScoped
public class Downloads {

  /** The download of that id. */
  @Transactional
  public Optional<DownloadView> find(RequestId id) {
    return DownloadRow.<DownloadRow>findByIdOptional(id.value())
        .map(row -> shown(List.of(row), ProgressRow::said).getFirst());
  }

  /**
   * The revisions that are being downloaded, by model; an empty text where a request named none.
   * What only asks what a download would cost is none.
   */
  @Transactional
  public Map<ModelName, Set<String>> underWay() {
    Map<ModelName, Set<String>> revisions = new HashMap<>();
    for (DownloadRow row : DownloadRow.<DownloadRow>list("isFinal = false and model is not null")) {
      if (!row.heardOfOnly() && !row.asked().plan() && row.model != null) {
        revisions
            .computeIfAbsent(ModelName.of(row.model), model -> new HashSet<>())
            .add(row.asked().revision().orElse(""));
      }
    }
    return revisions;
  }

  /** Rows of a list, with the last word of each of their locations; plans without their files. */
  List<DownloadView> listed(List<DownloadRow> rows) {
    return shown(rows, ProgressRow::saidInShort);
  }

  private static List<DownloadView> shown(
      List<DownloadRow> rows, Function<ProgressRow, DownloadProgressed> read) {
    Map<String, List<DownloadProgressed>> said =
        rows.isEmpty()
            ? Map.of()
            : ProgressRow.<ProgressRow>list(
                    "id in ?1 order by id, location", rows.stream().map(row -> row.id).toList())
                .stream()
                .collect(
                    Collectors.groupingBy(
                        progress -> progress.id, Collectors.mapping(read, Collectors.toList())));
    return rows.stream()
        .map(row -> DownloadView.of(row, row.deciding(said.getOrDefault(row.id, List.of()))))
        .toList();
  }
}
