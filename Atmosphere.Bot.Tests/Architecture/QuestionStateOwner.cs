using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>The state of a question is written in one file, which one class calls: the one that fires the machine.</summary>
public sealed partial class QuestionStateOwner
{
    private const string Owner = "Atmosphere.Recognition/Storage/Questions/QuestionStateTable.cs";
    private const string Machine = "Atmosphere.Recognition/Questions/QuestionMoves.cs";

    [Fact]
    public void Only_its_owner_writes_the_state_of_a_question() => Assert.Equal(
        [Owner],
        SourceFile.All.Where(file => WritesState(file.Texts)).Select(file => file.Path));

    [Fact]
    public void Only_the_class_that_fires_the_machine_calls_the_owner() => Assert.Equal(
        [Machine],
        SourceFile.All.Where(file => Call().IsMatch(file.Code)).Select(file => file.Path));

    [Theory]
    [InlineData("UPDATE questions SET changed_at = 1, state = 'undone' WHERE id = @id", true)]
    [InlineData("UPDATE questions\n    SET state = @to WHERE id = @id", true)]
    [InlineData("INSERT INTO questions (id, state) VALUES (@id, 'asked')", true)]
    [InlineData("UPDATE questions SET post_state = 'posted' WHERE state = 'asked'", false)]
    [InlineData("SELECT id FROM questions WHERE state = 'asked'", false)]
    public void A_write_is_known_from_a_read(string sql, bool writes) => Assert.Equal(writes, WritesState(sql));

    private static bool WritesState(string texts) =>
        Update().Matches(texts).Any(update => Assignment().IsMatch(update.Groups[1].Value)) || Insert().Matches(texts).Any(insert => Column().IsMatch(insert.Groups[1].Value));

    // Up to the condition: what is compared there is not written.
    [GeneratedRegex(@"\bUPDATE\s+questions\s+SET\b(.*?)(?:\bWHERE\b|""|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Update();

    [GeneratedRegex(@"\bstate\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\bINTO\s+questions\s*\((.*?)\)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Insert();

    [GeneratedRegex(@"\bstate\b", RegexOptions.IgnoreCase)]
    private static partial Regex Column();

    [GeneratedRegex(@"\bQuestionStateTable\.\w+\(")]
    private static partial Regex Call();
}
