package io.modeldepot.registry.downloads;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.terms.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Downloads as they are shown. */
@ApplicationScoped
public class Downloads {

  /** The download of that id. */
  @Transactional
  public Optional<DownloadView> find(RequestId id) {
    return DownloadRow.<DownloadRow>findByIdOptional(id.value())
        .map(row -> shown(List.of(row)).getFirst());
  }

  /** Rows with the last word of each of their locations. */
  List<DownloadView> shown(List<DownloadRow> rows) {
    Map<String, List<DownloadProgressed>> said =
        rows.isEmpty()
            ? Map.of()
            : ProgressRow.<ProgressRow>list(
                    "id in ?1 order by id, location", rows.stream().map(row -> row.id).toList())
                .stream()
                .collect(
                    Collectors.groupingBy(
                        progress -> progress.id,
                        Collectors.mapping(ProgressRow::said, Collectors.toList())));
    return rows.stream()
        .map(row -> DownloadView.of(row, said.getOrDefault(row.id, List.of())))
        .toList();
  }
}
