/**
 * A model that answers elsewhere: any server with OpenAI's {@code /v1/chat/completions} (vLLM,
 * llama-server, Ollama, a cloud). Knows nothing of model files or the local engine.
 */
@NullMarked
package dev.parley.model.remote;

import org.jspecify.annotations.NullMarked;
