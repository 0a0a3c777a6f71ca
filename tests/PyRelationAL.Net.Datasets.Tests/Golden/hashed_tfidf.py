"""Writes hashed_tfidf.json: MurmurHash3 of some words, and hashed TF-IDF of some texts, by scikit-learn.

Hashing, signs, idf and norm are HashingVectorizer's and TfidfTransformer's. TfidfTransformer(sublinear_tf=True) takes the logarithm of signed counts, which gives
NaN for negative ones; so the counts are made sign(c)(1 + ln |c|) between the two, and idf is learned from the counts. Buckets in which signs cancel are removed
first: they are no different from buckets that no word meets.

Run with scikit-learn 1.2.1 (Debian 12): python3 hashed_tfidf.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.utils import murmurhash3_32

WORDS = ["", "a", "ab", "abc", "abcd", "abcde", "the cat", "naïve café", "日本語", "𝒳𝒴", "what is the", "x" * 1000]
TRAIN = [
    "What is the full form of .com ?",
    "The cat sat on the mat; the cat, the CAT!",
    "",
    "a I ? !",
    "Naïve CAFÉ-owners in Zürich pay 3 ½ or 1,000 €: straße_7 x²",
    "日本語 の テキスト and 𝒳𝒴 letters",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "to be or not to be , that is the question " * 40,
]
NEW = ["the question is what the cat is", "unseen words only", "?"]
CASES = [(1024, 2), (1024, 1), (16, 3), (7, 2), (1, 1)]


def fitted(dimension, longest):
    hashing = HashingVectorizer(n_features=dimension, ngram_range=(1, longest), norm=None)
    counts = hashing.transform(TRAIN)
    counts.eliminate_zeros()
    tfidf = TfidfTransformer().fit(counts)

    def rows(texts):
        x = hashing.transform(texts)
        x.eliminate_zeros()
        x.data = np.sign(x.data) * (1 + np.log(np.abs(x.data)))
        x = tfidf.transform(x)
        x.sort_indices()
        return [{str(j): v for j, v in zip(row.indices.tolist(), row.data.tolist())} for row in x]

    return {"dimension": dimension, "longest": longest, "idf": tfidf.idf_.tolist(), "train": rows(TRAIN), "new": rows(NEW)}


golden = {
    "hashes": [{"text": word, "hash": int(murmurhash3_32(word.encode(), seed=0))} for word in WORDS],
    "train": TRAIN,
    "new": NEW,
    "cases": [fitted(*case) for case in CASES],
}
(Path(__file__).parent / "hashed_tfidf.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
