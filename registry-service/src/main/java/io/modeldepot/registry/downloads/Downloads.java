package io.modeldepot.registry.downloads;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.terms.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
