/**
 * How an answer looks. A command fills a {@link io.modeldepot.cli.output.Listing}; {@link
 * io.modeldepot.cli.output.Paper} writes it in the form that was asked for: data on stdout, talk on
 * stderr. Text from elsewhere (names, details of problems) passes {@link
 * io.modeldepot.cli.output.SafeText} on every way out, so a hostile name can neither steer a
 * terminal nor a spreadsheet. Nothing here knows the depot or the network.
 */
@NullMarked
package io.modeldepot.cli.output;

import org.jspecify.annotations.NullMarked;
