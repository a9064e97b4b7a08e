/**
 * The site: which services there are and how each says it is, kept in memory because every service
 * says it again within ten seconds; this service's own report, health and topics. Later also the
 * site's settings.
 */
@NullMarked
package io.modeldepot.registry.site;

import org.jspecify.annotations.NullMarked;
