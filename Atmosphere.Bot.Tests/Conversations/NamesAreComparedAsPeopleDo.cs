using Atmosphere.Bot.Conversations;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class NamesAreComparedAsPeopleDo
{
    [Theory]
    [InlineData("Zoë", "zoe")]
    [InlineData("Zoë", "ZOE\u0308")]
    [InlineData("José María", "jose  maria")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("أحمد", "احمد")]
    [InlineData("می\u200Cنا", "مینا")]
    [InlineData("Αλέξης", "αλεξης")]
    public void Case_accents_encodings_and_vowel_signs_do_not_matter(string one, string other) => Assert.True(NameFolding.AreSame(one, other));

    [Theory]
    [InlineData("Ann", "Anna")]
    [InlineData("कुमार", "कमार")]
    [InlineData("Maya", "Mia")]
    public void Other_names_stay_others(string one, string other) => Assert.False(NameFolding.AreSame(one, other));

    [Theory]
    [InlineData("Anna-Lena Müller", "muller", true)]
    [InlineData("Anna-Lena Müller", "mull", false)]
    [InlineData("Anna", "", false)]
    public void A_person_is_found_by_one_word_of_the_name(string name, string typed, bool found) => Assert.Equal(found, NameFolding.IsCalled(name, typed));

    [Theory]
    [InlineData("می\u200Cنا", "می\u200Cنا")]
    [InlineData("👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧")]
    [InlineData("\u200DMaya\u200C", "Maya")]
    [InlineData("Ma\u202Eya \u2066Lee\u2069", "Maya Lee")]
    [InlineData("Ma\u0000ya", "Ma ya")]
    public void Joiners_within_a_name_stay_and_direction_marks_go(string typed, string name) => Assert.Equal(name, ChildName.Clean(typed));
}
