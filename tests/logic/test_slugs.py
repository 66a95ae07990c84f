from briefing.logic.slugs import slug


def test_a_headline_becomes_words_and_hyphens():
    assert slug("DeepSeek’s V4 tops: 3.43T!", "s1") == "deepseeks-v4-tops-3-43t"


def test_a_long_headline_is_cut_between_words():
    made = slug("word " * 30, "s1")

    assert made == "-".join(["word"] * 12)
    assert len(made) <= 60


def test_accents_go_and_a_headline_without_latin_letters_uses_its_id():
    assert slug("Émile à Zürich", "s1") == "emile-a-zurich"
    assert slug("日本", "sABC1") == "sabc1"
