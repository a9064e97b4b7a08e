/**
 * File systems that go wrong on purpose, shipped so that every module's tests hold the store to its
 * promises on the real code. {@link io.modeldepot.store.volume.fault.FaultyCalls} refuses the calls
 * it is told to refuse; {@link io.modeldepot.store.volume.fault.RecordingCalls} writes down every
 * change as a {@link io.modeldepot.store.volume.fault.Trace}, of which any beginning can be played
 * on a copy of the volume: the state after a kill, or after a power cut. Who changes a few calls
 * only begins with {@link io.modeldepot.store.volume.fault.ForwardingCalls}. For tests; nothing
 * that serves people may use it.
 */
@NullMarked
package io.modeldepot.store.volume.fault;

import org.jspecify.annotations.NullMarked;
