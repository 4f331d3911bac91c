/**
 * Model files: GGUF and safetensors, memory-mapped, every header checked before anything is
 * believed. Gives named tensors as floats and metadata as typed values; knows nothing of
 * architectures, tokenizers or what a tensor is for.
 */
@NullMarked
package dev.parley.model.file;

import org.jspecify.annotations.NullMarked;
