package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * The body of a POST to paths-info. The Hub's JavaScript client sends it as JSON, its Python client
 * as a form with the same field names.
 *
 * @param paths files and folders; one that does not exist is left out of the answer
 * @param expand with the last commit of each
 */
public record PathsInfoRequest(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> paths,
    boolean expand) {
  public PathsInfoRequest {
    paths = Fields.list(paths);
  }
}
