/**
 * Who is told what, and where: the setting {@code notify/NAME}. In order: its shape is checked
 * without looking anywhere ({@code ReceiverShape}), then against what the operator of this registry
 * allows ({@code ReceiverRules}: hosts, files with secrets); {@code Receiver} is a setting that was
 * taken. An address may be a secret: whoever shows one shows scheme, host and port alone, and what
 * lies in files is read when it is needed and kept nowhere.
 */
@NullMarked
package io.modeldepot.registry.notify.receiver;

import org.jspecify.annotations.NullMarked;
