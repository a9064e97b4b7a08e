/**
 * What everybody else wants and does, as the state topics say it: wishes of the catalog,
 * placements, leases and reads, settings of the site. {@link io.modeldepot.janitor.site.SiteReader}
 * reads them to the end, and says whether it still knows everything: no broker, no deletions.
 * {@link io.modeldepot.janitor.site.Site} is what was known at one moment; nothing here judges.
 */
@NullMarked
package io.modeldepot.janitor.site;

import org.jspecify.annotations.NullMarked;
