package io.modeldepot.placement.fleet;

/**
 * What a process takes of a GPU.
 *
 * @param gpu the GPU's id
 * @param pid as the host counts
 * @param bytes of the GPU's memory
 */
public record GpuProcess(String gpu, long pid, long bytes) {}
