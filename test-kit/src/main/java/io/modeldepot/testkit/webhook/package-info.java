/**
 * Somebody who is told: {@code WebhookServer} takes what is posted to it over real HTTP, keeps it
 * for the test to look at, and answers as it is told to: any status, late, or never.
 */
@NullMarked
package io.modeldepot.testkit.webhook;

import org.jspecify.annotations.NullMarked;
