package io.modeldepot.janitor.cleanup;

import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.survey.Survey;

/**
 * Everything that is judged, from one moment.
 *
 * @param survey what is on the volume
 * @param site what everybody wants and does
 */
public record Picture(Survey survey, Site site) {}
