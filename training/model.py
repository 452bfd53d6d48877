"""The model: MiniLM-L6 with features of the page added to its embeddings, and heads over words.

``Encoder`` is a plain BERT (Devlin et al. 2019) so that training needs nothing but torch. ``Heads`` work on one vector a word
(its first wordpiece): role tags with a linear-chain CRF (Lample et al. 2016), name tags, and vectors of spans that are
scored against each other for links (content → cue, cue → source), mention types and coreference.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.encoder.features import BREAKS, QUOTED, SHAPES

HIDDEN, LAYERS, ATTENTION, INNER, PLACES = 384, 6, 12, 1536, 512
ROLE_TAGS = 7  # O, B/I of source, cue, content
NAME_TAGS = 9  # O, B/I of person, organization, place, other
SPAN = 256  # size of a span's vector
LINK = 96  # size of the vectors that are compared


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide, self.narrow = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, _ = x.shape
        heads = [f(x).view(b, n, ATTENTION, -1).transpose(1, 2) for f in (self.query, self.key, self.value)]
        mixed = F.scaled_dot_product_attention(*heads, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, HIDDEN))))
        return self.norm2(x + self.drop(self.narrow(F.gelu(self.wide(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.places = nn.Embedding(PLACES, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.shapes, self.quoted, self.breaks = (
            nn.Embedding(n + 1, HIDDEN, padding_idx=0) for n in (SHAPES, QUOTED, BREAKS)
        )
        for table in (self.shapes, self.quoted, self.breaks):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """(B, L) pieces and (3, B, L) features (0 = none, else value + 1) to (B, L, HIDDEN)."""
        x = self.words(pieces) + self.kind + self.places(torch.arange(pieces.shape[1], device=pieces.device))
        x = x + self.shapes(features[0]) + self.quoted(features[1]) + self.breaks(features[2])
        x = self.drop(self.norm(x))
        bias = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_minilm(self, state: dict[str, Tensor]) -> None:
        """Take the weights of all-MiniLM-L6-v2."""
        e = "embeddings."
        own = {
            "words.weight": state[e + "word_embeddings.weight"],
            "places.weight": state[e + "position_embeddings.weight"],
        }
        own["kind"] = state[e + "token_type_embeddings.weight"][0]
        own["norm.weight"], own["norm.bias"] = state[e + "LayerNorm.weight"], state[e + "LayerNorm.bias"]
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "wide": "intermediate.dense",
            "narrow": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for n in range(LAYERS):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    own[f"layers.{n}.{ours}.{part}"] = state[f"encoder.layer.{n}.{theirs}.{part}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        strange = [m for m in missing if m.split(".")[0] not in ("shapes", "quoted", "breaks")]
        if strange or unexpected:
            raise ValueError(f"these are not the weights of all-MiniLM-L6-v2: {strange or unexpected}")


class Crf(nn.Module):
    """A linear-chain CRF; log-likelihood of tag sequences given emissions."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(tags, tags))
        self.first = nn.Parameter(torch.zeros(tags))
        allowed = torch.ones(tags, tags, dtype=torch.bool)
        for b in range(2, tags, 2):  # I of a role only after B or I of the same role
            allowed[:, b] = False
            allowed[b - 1, b] = allowed[b, b] = True
        self.register_buffer("allowed", allowed)
        begin = torch.ones(tags, dtype=torch.bool)
        begin[2::2] = False
        self.register_buffer("begin", begin)

    def tables(self) -> tuple[Tensor, Tensor]:
        return self.moves.masked_fill(~self.allowed, -30.0), self.first.masked_fill(~self.begin, -3.0)

    def loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Mean negative log-likelihood a word; (B, W, T), (B, W), (B, W)."""
        moves, first = self.tables()
        maskf = mask.float()
        gold = emissions.gather(2, tags[..., None])[..., 0] * maskf
        steps = moves[tags[:, :-1], tags[:, 1:]] * maskf[:, 1:]
        score = gold.sum(1) + steps.sum(1) + first[tags[:, 0]]
        alpha = first + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + moves, 1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], step, alpha)
        return (torch.logsumexp(alpha, 1) - score).sum() / maskf.sum()


class Heads(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.role_in, self.role_out = nn.Linear(HIDDEN, 256), nn.Linear(256, ROLE_TAGS)
        self.name = nn.Linear(HIDDEN, NAME_TAGS)
        self.span_start, self.span_end = nn.Linear(HIDDEN, SPAN), nn.Linear(HIDDEN, SPAN, bias=False)
        self.ask = nn.ModuleDict({k: nn.Linear(SPAN, LINK) for k in ("cue", "source", "coref")})
        self.answer = nn.ModuleDict({k: nn.Linear(SPAN, LINK) for k in ("cue", "source", "coref")})
        self.nothing = nn.ModuleDict({k: nn.Linear(SPAN, 1) for k in ("cue", "source", "coref")})
        self.distance = nn.ParameterDict({k: nn.Parameter(torch.zeros(20)) for k in ("cue", "source", "coref")})
        self.between = nn.ParameterDict({k: nn.Parameter(torch.zeros(4)) for k in ("cue", "source", "coref")})
        self.across = nn.ParameterDict({k: nn.Parameter(torch.zeros(4)) for k in ("cue", "source", "coref")})
        self.mention = nn.Linear(SPAN, 10)
        self.crf = Crf(ROLE_TAGS)
        self.drop = nn.Dropout(0.1)

    def roles(self, words: Tensor) -> Tensor:
        return self.role_out(self.drop(F.gelu(self.role_in(self.drop(words)))))

    def spans(self, words: Tensor, spans: Tensor) -> Tensor:
        """(W, HIDDEN) and (S, 2) half-open word spans to (S, SPAN)."""
        return self.drop(torch.relu(self.span_start(words[spans[:, 0]]) + self.span_end(words[spans[:, 1] - 1])))

    def scores(self, kind: str, asking: Tensor, answering: Tensor, relation: Tensor) -> Tensor:
        """(A, SPAN), (B, SPAN), relation (A, B, 3) of bucketed distance, spans between, breaks between -> (A, B + 1).

        The first column is "none of them".
        """
        a, b = self.ask[kind](asking), self.answer[kind](answering)
        score = a @ b.T / math.sqrt(LINK)
        score = score + self.distance[kind][relation[..., 0]] + self.between[kind][relation[..., 1]]
        score = score + self.across[kind][relation[..., 2]]
        return torch.cat([self.nothing[kind](asking), score], 1)


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.heads = Encoder(), Heads()
