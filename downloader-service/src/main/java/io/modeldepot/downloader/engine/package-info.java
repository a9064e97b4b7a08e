/**
 * What inference servers need of a decision. In order: {@link
 * io.modeldepot.downloader.engine.Placements} hears {@code model-placed}; {@link
 * io.modeldepot.downloader.engine.EngineKeeper} publishes the files of each decision on the volume,
 * through the store; {@link io.modeldepot.downloader.engine.TritonServer} has the server of a
 * repository unload what leaves and load what comes, where one is configured; {@link
 * io.modeldepot.downloader.engine.EngineTeller} says what became of it. Files first, then the load;
 * the unload first, then the files go. One downloader of a location does this at a time: who holds
 * {@code engines/.claim}. Servers are outsiders: they are only told, and asked how they are.
 */
@NullMarked
package io.modeldepot.downloader.engine;

import org.jspecify.annotations.NullMarked;
