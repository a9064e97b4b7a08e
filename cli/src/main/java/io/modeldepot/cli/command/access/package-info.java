/**
 * Who may do what: tokens are made, listed and revoked by an admin, and everybody can see what
 * their own allows. A new token stands alone on stdout, once; no other command and no message shows
 * one.
 */
@NullMarked
package io.modeldepot.cli.command.access;

import org.jspecify.annotations.NullMarked;
