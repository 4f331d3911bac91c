# The decoder-only transformer in TorchScript: one call a step runs the whole network.
# Weights are attached at run time (add_layer, set_ends); families differ by configuration.
# Data type codes of libtorch: 6 fp32, 5 fp16, 15 bf16.

class Linear(Interface):
  def forward(self: __torch__.Linear, x: Tensor) -> Tensor:
    pass

# Any device, any floating type; what flows between is fp32. With fp32 weights the exact form.
class Dense:
  w : Tensor
  bias : Optional[Tensor]
  dtype : int
  def __init__(self: __torch__.Dense, w: Tensor, bias: Optional[Tensor], dtype: int) -> NoneType:
    self.w = torch.to(w, dtype, False, True)
    self.bias = bias
    self.dtype = dtype
  def forward(self: __torch__.Dense, x: Tensor) -> Tensor:
    y = torch.to(torch.linear(torch.to(x, self.dtype), self.w), 6)
    bias = self.bias
    if bias is not None:
      return y + bias
    return y

# CPU: fp16 weights packed for FBGEMM, fp32 activations.
class HalfPacked:
  packed : __torch__.torch.classes.quantized.LinearPackedParamsBase
  def __init__(self: __torch__.HalfPacked, w: Tensor, bias: Optional[Tensor]) -> NoneType:
    self.packed = ops.quantized.linear_prepack_fp16(w, bias)
  def forward(self: __torch__.HalfPacked, x: Tensor) -> Tensor:
    return ops.quantized.linear_dynamic_fp16(x, self.packed)

# Training: the weights are shared, kept in fp32, and computed with in another type where that is wanted.
class Trained:
  w : Tensor
  bias : Optional[Tensor]
  dtype : int
  def __init__(self: __torch__.Trained, w: Tensor, bias: Optional[Tensor], dtype: int) -> NoneType:
    self.w = w
    self.bias = bias
    self.dtype = dtype
  def forward(self: __torch__.Trained, x: Tensor) -> Tensor:
    y = torch.to(torch.linear(torch.to(x, self.dtype), torch.to(self.w, self.dtype)), 6)
    bias = self.bias
    if bias is not None:
      return y + bias
    return y

# Training: a projection that stays as it is beside products of two small matrices for some of its rows: a [rank, in]
# and b [rows, rank], which begin at row `first` (Hu et al. 2021).
class Adapted:
  base : __torch__.Linear
  a : List[Tensor]
  b : List[Tensor]
  first : List[int]
  scale : float
  dropout : float
  def __init__(self: __torch__.Adapted, base: __torch__.Linear, a: List[Tensor], b: List[Tensor], first: List[int], scale: float, dropout: float) -> NoneType:
    self.base = base
    self.a = a
    self.b = b
    self.first = first
    self.scale = scale
    self.dropout = dropout
  def forward(self: __torch__.Adapted, x: Tensor) -> Tensor:
    y = self.base.forward(x)
    z = x
    if self.dropout > 0. and torch.is_grad_enabled():
      z = torch.dropout(x, self.dropout, True)
    parts = annotate(List[Tensor], [])
    at = 0
    for i in range(len(self.a)):
      if self.first[i] > at:
        parts.append(torch.new_zeros(y, [y.size(0), self.first[i] - at]))
      parts.append(torch.linear(torch.linear(z, self.a[i]), self.b[i]))
      at = self.first[i] + self.b[i].size(0)
    if at < y.size(1):
      parts.append(torch.new_zeros(y, [y.size(0), y.size(1) - at]))
    return torch.add(y, torch.cat(parts, 1), alpha=self.scale)

class Norm(Interface):
  def forward(self: __torch__.Norm, x: Tensor) -> Tensor:
    pass

class NoNorm:
  def __init__(self: __torch__.NoNorm) -> NoneType:
    pass
  def forward(self: __torch__.NoNorm, x: Tensor) -> Tensor:
    return x

# x / sqrt(mean(x^2) + eps) * w over the last dimension (Zhang and Sennrich 2019), in few operations
class RmsNorm:
  w : Tensor
  eps : Tensor
  def __init__(self: __torch__.RmsNorm, w: Tensor, eps: float) -> NoneType:
    self.w = w
    self.eps = torch.full([1], eps, dtype=6, device=w.device)
  def forward(self: __torch__.RmsNorm, x: Tensor) -> Tensor:
    return x * torch.rsqrt_(torch.add(self.eps, torch.sum(x * x, [-1], True), alpha=1.0 / x.size(-1))) * self.w

# Ba et al. 2016
class LayerNorm:
  w : Tensor
  bias : Tensor
  eps : float
  def __init__(self: __torch__.LayerNorm, w: Tensor, bias: Tensor, eps: float) -> NoneType:
    self.w = w
    self.bias = bias
    self.eps = eps
  def forward(self: __torch__.LayerNorm, x: Tensor) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], self.w, self.bias, self.eps)

# Of queries and keys [T, heads + kv_heads, head_dim]: each head by itself, all queries and all keys with the same weights.
class EachHeadNorm:
  query : Tensor
  key : Tensor
  heads : int
  kv_heads : int
  eps : float
  def __init__(self: __torch__.EachHeadNorm, query: Tensor, key: Tensor, heads: int, kv_heads: int, eps: float) -> NoneType:
    self.query = query
    self.key = key
    self.heads = heads
    self.kv_heads = kv_heads
    self.eps = eps
  def weights(self: __torch__.EachHeadNorm) -> Tensor:
    return torch.cat([torch.expand(self.query, [self.heads, -1]), torch.expand(self.key, [self.kv_heads, -1])])
  def forward(self: __torch__.EachHeadNorm, x: Tensor) -> Tensor:
    return x * torch.rsqrt(torch.mean(x * x, [-1], True) + self.eps) * self.weights()

# Of queries and keys [T, heads + kv_heads, head_dim]: one norm over all heads of each.
class AllHeadsNorm:
  query : __torch__.RmsNorm
  key : __torch__.RmsNorm
  def __init__(self: __torch__.AllHeadsNorm, query: Tensor, key: Tensor, eps: float) -> NoneType:
    self.query = __torch__.RmsNorm(query, eps)
    self.key = __torch__.RmsNorm(key, eps)
  def forward(self: __torch__.AllHeadsNorm, x: Tensor) -> Tensor:
    flat = torch.flatten(x, 1)
    width = self.query.w.size(0)
    return torch.view_as(torch.cat([self.query.forward(flat[:, :width]), self.key.forward(flat[:, width:])], 1), x)

# Rotary positions (Su et al. 2021) on the two halves of a head; sin carries the sign.
def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  return torch.addcmul(x * cos, torch.roll(x, [x.size(-1) // 2], [-1]), sin)

class Layer:
  attention_norm : __torch__.Norm
  qkv : __torch__.Linear
  query_key_norm : __torch__.Norm
  output : __torch__.Linear
  after_attention_norm : __torch__.Norm
  ffn_norm : __torch__.Norm
  up : __torch__.Linear
  down : __torch__.Linear
  after_ffn_norm : __torch__.Norm
  rotary : int
  window : int
  gated : bool
  gelu : bool
  def __init__(self: __torch__.Layer, attention_norm: __torch__.Norm, qkv: __torch__.Linear, query_key_norm: __torch__.Norm, output: __torch__.Linear, after_attention_norm: __torch__.Norm, ffn_norm: __torch__.Norm, up: __torch__.Linear, down: __torch__.Linear, after_ffn_norm: __torch__.Norm, rotary: int, window: int, gated: bool, gelu: bool) -> NoneType:
    self.attention_norm = attention_norm
    self.qkv = qkv
    self.query_key_norm = query_key_norm
    self.output = output
    self.after_attention_norm = after_attention_norm
    self.ffn_norm = ffn_norm
    self.up = up
    self.down = down
    self.after_ffn_norm = after_ffn_norm
    self.rotary = rotary
    self.window = window
    self.gated = gated
    self.gelu = gelu
  # Queries and keys [T, heads + kv_heads, head_dim], normed and turned, and values [T, kv_heads, head_dim].
  def project(self: __torch__.Layer, x: Tensor, both: int, kv_heads: int, head_dim: int, cos: List[Tensor], sin: List[Tensor]) -> Tuple[Tensor, Tensor]:
    qkv = torch.view(self.qkv.forward(self.attention_norm.forward(x)), [x.size(0), both + kv_heads, head_dim])
    qk = self.query_key_norm.forward(qkv[:, :both])
    if self.rotary >= 0:
      qk = __torch__.rotate(qk, cos[self.rotary], sin[self.rotary])
    return (qk, qkv[:, both:])
  # After attention: attended [T, heads * head_dim].
  def finish(self: __torch__.Layer, x: Tensor, attended: Tensor) -> Tensor:
    y = x + self.after_attention_norm.forward(self.output.forward(torch.to(attended, 6)))
    h = self.up.forward(self.ffn_norm.forward(y))
    if self.gated:
      gate, up = torch.chunk(h, 2, -1)
      h = self.activate(gate) * up
    else:
      h = self.activate(h)
    return y + self.after_ffn_norm.forward(self.down.forward(h))
  def activate(self: __torch__.Layer, x: Tensor) -> Tensor:
    if self.gelu:
      return torch.gelu(x, approximate="tanh")
    if x.requires_grad:
      return torch.silu(x)
    return torch.silu_(x)

class Transformer(Module):
  training : bool
  learns : bool
  heads : int
  kv_heads : int
  head_dim : int
  eps : float
  scale : float
  gated : bool
  gelu : bool
  packed : bool
  dtype : int
  cache_dtype : int
  layers : List[__torch__.Layer]
  head : List[__torch__.Linear]
  norm : List[__torch__.Norm]
  cos : List[Tensor]
  sin : List[Tensor]
  embeddings : List[Tensor]
  embedding_scale : float

  # Weights are lent: a copy is kept. Training shares them with the optimizer.
  def keep(self: __torch__.Transformer, w: Tensor) -> Tensor:
    if self.learns:
      return w
    return torch.clone(w)

  # A projection of weights [out, in]; an empty bias is none. For add_layer and set_ends.
  def linear(self: __torch__.Transformer, w: Tensor, bias: Tensor) -> __torch__.Linear:
    some = annotate(Optional[Tensor], None)
    if torch.numel(bias) > 0:
      some = self.keep(bias)
    if self.learns:
      return __torch__.Trained(w, some, self.dtype)
    if self.packed:
      return __torch__.HalfPacked(torch.contiguous(w), some)
    return __torch__.Dense(torch.contiguous(w), some, self.dtype)

  def no_norm(self: __torch__.Transformer) -> __torch__.Norm:
    return __torch__.NoNorm()

  def rms_norm(self: __torch__.Transformer, w: Tensor) -> __torch__.Norm:
    return __torch__.RmsNorm(self.keep(w), self.eps)

  def layer_norm(self: __torch__.Transformer, w: Tensor, bias: Tensor) -> __torch__.Norm:
    return __torch__.LayerNorm(self.keep(w), self.keep(bias), self.eps)

  # Where nothing is trained, in fewer operations.
  def each_head_norm(self: __torch__.Transformer, query: Tensor, key: Tensor) -> __torch__.Norm:
    norm = __torch__.EachHeadNorm(query, key, self.heads, self.kv_heads, self.eps)
    if self.learns:
      return norm
    return __torch__.RmsNorm(norm.weights(), self.eps)

  def all_heads_norm(self: __torch__.Transformer, query: Tensor, key: Tensor) -> __torch__.Norm:
    return __torch__.AllHeadsNorm(self.keep(query), self.keep(key), self.eps)

  def add_layer(self: __torch__.Transformer, attention_norm: __torch__.Norm, qkv: __torch__.Linear, query_key_norm: __torch__.Norm, output: __torch__.Linear, after_attention_norm: __torch__.Norm, ffn_norm: __torch__.Norm, up: __torch__.Linear, down: __torch__.Linear, after_ffn_norm: __torch__.Norm, rotary: int, window: int) -> NoneType:
    self.layers.append(__torch__.Layer(attention_norm, qkv, query_key_norm, output, after_attention_norm, ffn_norm, up, down, after_ffn_norm, rotary, window, self.gated, self.gelu))

  # head and final norm as made above
  def set_ends(self: __torch__.Transformer, head: __torch__.Linear, norm: __torch__.Norm) -> NoneType:
    self.head = [head]
    self.norm = [norm]

  # cos and sin [positions, head_dim] of one kind of layer
  def add_rotary(self: __torch__.Transformer, cos: Tensor, sin: Tensor) -> NoneType:
    self.cos.append(torch.unsqueeze(self.keep(cos), 1))
    self.sin.append(torch.unsqueeze(self.keep(sin), 1))

  # The rows of every kind of layer's tables for positions [B].
  def rotaries(self: __torch__.Transformer, positions: Tensor) -> Tuple[List[Tensor], List[Tensor]]:
    cos = annotate(List[Tensor], [])
    sin = annotate(List[Tensor], [])
    for i in range(len(self.cos)):
      cos.append(torch.index_select(self.cos[i], 0, positions))
      sin.append(torch.index_select(self.sin[i], 0, positions))
    return (cos, sin)

  # Memory that no token was written to need not be cleared, but where decode_batch masks it: what is there by chance
  # may be no number.
  def cache(self: __torch__.Transformer, slots: int, length: int, cleared: bool, like: Tensor) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(self.layers)):
      some = torch.empty([slots, self.kv_heads, length, self.head_dim], dtype=self.cache_dtype, device=like.device)
      if cleared:
        some = torch.zero_(some)
      out.append(some)
    return out

  def copy_prefix(self: __torch__.Transformer, source: int, target: int, length: int, keys: List[Tensor], values: List[Tensor]) -> NoneType:
    for i in range(len(keys)):
      torch.copy_(keys[i][target, :, :length], keys[i][source, :, :length])
      torch.copy_(values[i][target, :, :length], values[i][source, :, :length])

  # Bytes [2 * layers, kv_heads, length, bytes of a head] of a slot's first tokens.
  def save(self: __torch__.Transformer, slot: int, length: int, bytes: Tensor, keys: List[Tensor], values: List[Tensor]) -> NoneType:
    for i in range(len(keys)):
      torch.copy_(bytes[2 * i], torch.view_copy(torch.contiguous(keys[i][slot, :, :length]), dtype=0))
      torch.copy_(bytes[2 * i + 1], torch.view_copy(torch.contiguous(values[i][slot, :, :length]), dtype=0))

  # The first of them back into a slot.
  def restore(self: __torch__.Transformer, slot: int, length: int, bytes: Tensor, keys: List[Tensor], values: List[Tensor]) -> NoneType:
    for i in range(len(keys)):
      torch.copy_(keys[i][slot, :, :length], torch.view_copy(torch.contiguous(bytes[2 * i, :, :length]), dtype=self.cache_dtype))
      torch.copy_(values[i][slot, :, :length], torch.view_copy(torch.contiguous(bytes[2 * i + 1, :, :length]), dtype=self.cache_dtype))

  # One token for each of B sequences: embeddings x [B, width], positions [B]; sequence b has lengths[b]
  # tokens in slot slots[b], this one included. Attention runs row by row over exactly its own length, so that
  # a row's result does not depend on who else is in the batch. Further rows of x (and positions) are
  # computed along without attention. Returns logits [B, vocabulary].
  def decode(self: __torch__.Transformer, x: Tensor, positions: Tensor, slots: List[int], lengths: List[int], keys: List[Tensor], values: List[Tensor]) -> Tensor:
    B = len(slots)
    R = x.size(0)
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    cos, sin = self.rotaries(positions)
    for i in range(len(self.layers)):
      layer = self.layers[i]
      qk, value = layer.project(x, H + K, K, D, cos, sin)
      q = torch.to(torch.reshape(qk[:, :H] * self.scale, [R, K, H // K, D]), self.cache_dtype)
      rows = annotate(List[Tensor], [])
      for b in range(B):
        n = lengths[b]
        first = 0
        if layer.window > 0:
          first = max(0, n - layer.window)
        k = keys[i][slots[b]]
        v = values[i][slots[b]]
        k[:, n - 1] = qk[b, H:]
        v[:, n - 1] = value[b]
        scores = torch.bmm(k[:, first:n], torch.transpose(q[b], 1, 2))
        rows.append(torch.bmm(torch.softmax(torch.transpose(scores, 1, 2), -1), v[:, first:n]))
      if R > B:
        rows.append(torch.flatten(q[B:], 0, 1))
      x = layer.finish(x, torch.reshape(torch.cat(rows), [R, H * D]))
    return self.head[0].forward(self.norm[0].forward(x))[:B]

  # As decode, in as many operations whatever the number of sequences: slots [B] and positions [B] say where each
  # stands, and attention goes over the first `length` tokens of the first `used` slots, whose rest is masked. Rows of
  # slots that write nothing look at their first token, and are left out afterwards.
  def decode_batch(self: __torch__.Transformer, x: Tensor, positions: Tensor, slots: Tensor, used: int, length: int, keys: List[Tensor], values: List[Tensor]) -> Tensor:
    B = x.size(0)
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    cos, sin = self.rotaries(positions)
    last = torch.index_copy(torch.zeros([used], dtype=4, device=x.device), 0, slots, positions)
    last = torch.view(last, [used, 1, 1, 1])
    at = torch.arange(length, dtype=4, device=x.device)
    whole = torch.masked_fill(torch.zeros([used, 1, 1, length], dtype=self.cache_dtype, device=x.device), torch.gt(at, last), -inf)
    for i in range(len(self.layers)):
      layer = self.layers[i]
      qk, value = layer.project(x, H + K, K, D, cos, sin)
      q = torch.to(torch.reshape(qk[:, :H], [B, K, H // K, D]), self.cache_dtype)
      k = keys[i]
      v = values[i]
      k[slots, :, positions] = torch.to(qk[:, H:], self.cache_dtype)
      v[slots, :, positions] = torch.to(value, self.cache_dtype)
      bias = whole
      if layer.window > 0:
        bias = torch.masked_fill(whole, torch.le(at, last - layer.window), -inf)
      rows = torch.index_copy(torch.zeros([used, K, H // K, D], dtype=self.cache_dtype, device=x.device), 0, slots, q)
      a = torch.scaled_dot_product_attention(rows, k[:used, :, :length], v[:used, :, :length], bias, scale=self.scale)
      x = layer.finish(x, torch.reshape(torch.index_select(a, 0, slots), [B, H * D]))
    return self.head[0].forward(self.norm[0].forward(x))

  # Draws a token for each row of logits [B, vocabulary], by the rules and in the order of Sampler.java; -1 where the
  # best logit is no number. options [B, 7]: temperature (0 takes the best), top-k (0 keeps all), 1 - top-p, min-p,
  # repetition and frequency penalty, a number drawn from [0, 1). seen [N] are the tokens that a penalty applies to, as
  # row * vocabulary + token, and times [N] how often the answer has each. Only where `sorted` are top-k and top-p
  # looked at, which need the logits in their order.
  def draw(self: __torch__.Transformer, logits: Tensor, options: Tensor, seen: Tensor, times: Tensor, sorted: bool) -> Tensor:
    V = logits.size(1)
    scaled = logits
    if torch.numel(seen) > 0:
      flat = torch.reshape(logits, [-1])
      rows = torch.index_select(options, 0, torch.floor_divide(seen, V))
      x = torch.index_select(flat, 0, seen)
      x = torch.where(torch.lt(x, 0), x * rows[:, 4], x / rows[:, 4]) - rows[:, 5] * times
      scaled = torch.view_as(torch.index_copy(flat, 0, seen, x), logits)
    temperature = options[:, 0:1]
    scaled = scaled / torch.where(torch.eq(temperature, 0), torch.ones_like(temperature), temperature)
    best = torch.argmax(scaled, 1, True)
    top = torch.gather(scaled, 1, best)
    weights = torch.exp(scaled - top)
    least = options[:, 3:4]
    if sorted:
      k = torch.to(options[:, 1:2], 4)
      rising = torch.sort(scaled, 1)[0]
      kth = torch.gather(rising, 1, torch.clamp(torch.where(torch.eq(k, 0), 0, V - k), 0))
      weights = torch.masked_fill(weights, torch.lt(scaled, kth), 0)
      below = torch.masked_fill(torch.exp(rising - top), torch.lt(rising, kth), 0)
      sums = torch.cumsum(below, 1)
      gone = torch.sum(torch.le(sums, options[:, 2:3] * sums[:, V - 1:]), [1], True)
      least = torch.maximum(least, torch.gather(below, 1, torch.clamp(gone, 0, V - 1)))
    weights = torch.masked_fill(weights, torch.lt(weights, least), 0)
    sums = torch.cumsum(weights, 1)
    drawn = torch.sum(torch.le(sums, options[:, 6:7] * sums[:, V - 1:]), [1], True)
    drawn = torch.clamp(drawn, 0, V - 1)
    # rounding may lead past the last weight, or to one without any
    takes = torch.logical_or(torch.eq(temperature, 0), torch.le(torch.gather(weights, 1, drawn), 0))
    drawn = torch.where(takes, best, drawn)
    return torch.reshape(torch.where(torch.isfinite(top), drawn, -1), [-1])

  # T tokens of one sequence, embeddings x [T, width], into a slot from position start on. Returns logits of the last token
  # [1, vocabulary], or of all of them [T, vocabulary]. Heads that share keys and values are further rows of one head,
  # so that these are not copied.
  def prefill(self: __torch__.Transformer, x: Tensor, slot: int, start: int, all: bool, keys: List[Tensor], values: List[Tensor]) -> Tensor:
    T = x.size(0)
    E = start + T
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    cos = annotate(List[Tensor], [])
    sin = annotate(List[Tensor], [])
    for i in range(len(self.cos)):
      cos.append(self.cos[i][start:E])
      sin.append(self.sin[i][start:E])
    G = H // K
    causal = torch.repeat(torch.triu(torch.full([T, E], -inf, dtype=self.cache_dtype, device=x.device), 1 + start), [G, 1])
    for i in range(len(self.layers)):
      layer = self.layers[i]
      qk, value = layer.project(x, H + K, K, D, cos, sin)
      k = keys[i][slot]
      v = values[i][slot]
      k[:, start:E] = torch.transpose(qk[:, H:], 0, 1)
      v[:, start:E] = torch.transpose(value, 0, 1)
      first = 0
      bias = causal
      if layer.window > 0:
        first = max(0, start + 1 - layer.window) // 8 * 8  # a card wants its mask aligned
        bias = torch.add(causal, torch.repeat(torch.tril(torch.full([T, E], -inf, dtype=self.cache_dtype, device=x.device), start - layer.window), [G, 1]))[:, first:]
      q = torch.to(torch.reshape(torch.transpose(qk[:, :H], 0, 1), [1, K, G * T, D]), self.cache_dtype)
      a = torch.scaled_dot_product_attention(q, torch.unsqueeze(k[:, first:E], 0), torch.unsqueeze(v[:, first:E], 0), bias, scale=self.scale)
      x = layer.finish(x, torch.reshape(torch.transpose(torch.reshape(a, [H, T, D]), 0, 1), [T, H * D]))
    if not all:
      x = x[T - 1:]
    return self.head[0].forward(self.norm[0].forward(x))

  # Training. Sequences lie end to end, without padding: tokens ids [R] at positions [R], and how long each sequence is.

  # The embedding [vocabulary, width], and learned positions [positions, width] or nothing.
  def set_embedding(self: __torch__.Transformer, tokens: Tensor, positions: Tensor) -> NoneType:
    self.embeddings = [tokens, positions]

  # Low-rank matrices beside projection `which` of a layer, in the order of add_layer.
  def adapt(self: __torch__.Transformer, layer: int, which: int, a: List[Tensor], b: List[Tensor], first: List[int], scale: float, dropout: float) -> NoneType:
    some = self.layers[layer]
    if which == 0:
      some.qkv = __torch__.Adapted(some.qkv, a, b, first, scale, dropout)
    if which == 1:
      some.output = __torch__.Adapted(some.output, a, b, first, scale, dropout)
    if which == 2:
      some.up = __torch__.Adapted(some.up, a, b, first, scale, dropout)
    if which == 3:
      some.down = __torch__.Adapted(some.down, a, b, first, scale, dropout)

  # Each sequence looks at itself, those of the same length together. q [R, heads, head_dim], k and v [R, kv_heads,
  # head_dim]; returns [R, heads * head_dim].
  def attend(self: __torch__.Transformer, q: Tensor, k: Tensor, v: Tensor, lengths: List[int], window: int) -> Tensor:
    K = self.kv_heads
    G = self.heads // K
    D = self.head_dim
    out = annotate(List[Tensor], [])
    at = 0
    i = 0
    while i < len(lengths):
      n = lengths[i]
      B = 1
      while i + B < len(lengths) and lengths[min(i + B, len(lengths) - 1)] == n:
        B = B + 1
      end = at + B * n
      queries = torch.transpose(torch.view(q[at:end], [B, n, K * G, D]), 1, 2)
      key = torch.expand(torch.unsqueeze(torch.transpose(torch.view(k[at:end], [B, n, K, D]), 1, 2), 2), [B, K, G, n, D])
      value = torch.expand(torch.unsqueeze(torch.transpose(torch.view(v[at:end], [B, n, K, D]), 1, 2), 2), [B, K, G, n, D])
      bias = annotate(Optional[Tensor], None)
      whole = window == 0 or n <= window
      if not whole:
        no = torch.full([n, n], -inf, dtype=q.dtype, device=q.device)
        bias = torch.triu(no, 1) + torch.tril(no, -window)
      a = torch.scaled_dot_product_attention(queries, torch.reshape(key, [B, K * G, n, D]), torch.reshape(value, [B, K * G, n, D]), bias, 0., whole, scale=self.scale)
      out.append(torch.reshape(torch.transpose(a, 1, 2), [B * n, K * G * D]))
      at = end
      i = i + B
    return torch.cat(out)

  # What flows between layers, after the first of them, for some of the rows [N, width].
  def flow(self: __torch__.Transformer, ids: Tensor, positions: Tensor, lengths: Tensor, rows: Tensor, layers: int) -> Tensor:
    H = self.heads
    K = self.kv_heads
    each = annotate(List[int], [])
    for i in range(lengths.size(0)):
      each.append(int(lengths[i]))
    tokens, learned = self.embeddings
    x = torch.embedding(tokens, ids) * self.embedding_scale
    if torch.numel(learned) > 0:
      x = x + torch.embedding(learned, positions)
    cos, sin = self.rotaries(positions)
    for i in range(layers):
      layer = self.layers[i]
      qk, value = layer.project(x, H + K, K, self.head_dim, cos, sin)
      attended = self.attend(torch.to(qk[:, :H], self.cache_dtype), torch.to(qk[:, H:], self.cache_dtype), torch.to(value, self.cache_dtype), each, layer.window)
      x = layer.finish(x, attended)
    return torch.index_select(x, 0, rows)

  # The same; the number of layers is an array [1], which is all that can be differentiated.
  def states(self: __torch__.Transformer, ids: Tensor, positions: Tensor, lengths: Tensor, rows: Tensor, layers: Tensor) -> Tensor:
    return self.flow(ids, positions, lengths, rows, int(layers))

  # What the last norm gives for some of the rows [N, width].
  def hidden(self: __torch__.Transformer, ids: Tensor, positions: Tensor, lengths: Tensor, rows: Tensor) -> Tensor:
    return self.norm[0].forward(self.flow(ids, positions, lengths, rows, len(self.layers)))

  # log p of targets [N], the tokens that follow the rows.
  def log_probs(self: __torch__.Transformer, ids: Tensor, positions: Tensor, lengths: Tensor, rows: Tensor, targets: Tensor) -> Tensor:
    logits = self.head[0].forward(self.hidden(ids, positions, lengths, rows))
    return torch.squeeze(torch.gather(torch.log_softmax(logits, -1), 1, torch.unsqueeze(targets, 1)), 1)

  # log p of targets, the entropy of what else could follow, and a value [3, N].
  def policy(self: __torch__.Transformer, ids: Tensor, positions: Tensor, lengths: Tensor, rows: Tensor, targets: Tensor, w: Tensor) -> Tensor:
    hidden = self.hidden(ids, positions, lengths, rows)
    all = torch.log_softmax(self.head[0].forward(hidden), -1)
    taken = torch.squeeze(torch.gather(all, 1, torch.unsqueeze(targets, 1)), 1)
    return torch.stack([taken, torch.neg(torch.sum(torch.exp(all) * all, [1])), torch.mv(hidden, w)])

  # Scales gradients so that all together are at most so long, and returns how long they were.
  def clip(self: __torch__.Transformer, gradients: List[Tensor], most: float) -> Tensor:
    norm = torch.norm(torch.stack(torch._foreach_norm(gradients, 2)))
    torch._foreach_mul_(gradients, torch.clamp(most / (norm + 1e-6), None, 1.))
    return norm

  # Loshchilov and Hutter 2019; what is given is changed in place.
  def adamw(self: __torch__.Transformer, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, eps: float, decay: float) -> NoneType:
    torch._foreach_add_(steps, 1.0)
    torch._fused_adamw_(weights, gradients, means, squares, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)

  def assign(self: __torch__.Transformer, weight: Tensor, values: Tensor) -> NoneType:
    torch.copy_(weight, values)
