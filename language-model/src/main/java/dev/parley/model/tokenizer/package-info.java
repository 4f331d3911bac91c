/** Text to token ids and back, on Hugging Face's tokenizers. Knows nothing of chats. */
@NullMarked
package dev.parley.model.tokenizer;

import org.jspecify.annotations.NullMarked;
