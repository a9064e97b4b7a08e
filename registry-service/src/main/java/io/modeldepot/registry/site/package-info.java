/**
 * The site: which services there are and how each says it is, kept in memory because every service
 * says it again within ten seconds; this service's own report, health and topics. And what
 * operators wish of the site, kept in the database and announced on {@code site-described}.
 */
@NullMarked
package io.modeldepot.registry.site;

import org.jspecify.annotations.NullMarked;
