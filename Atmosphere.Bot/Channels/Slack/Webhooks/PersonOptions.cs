using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Returns the entries of the list of all persons while the user types.</summary>
internal sealed class PersonOptions(Database database, PromptMembers members, IQuestions questions)
{
    // Slack's limit.
    private const int MostEntries = 100;

    private const int LongestText = 100;

    /// <param name="payload">A payload of type block_suggestion.</param>
    /// <returns>No entries for users who may not see them.</returns>
    public async Task<JsonObject> OfAsync(JsonElement payload, CancellationToken cancellation)
    {
        var typed = (payload.TextOf("value") ?? "").Trim();
        if (payload.TextOf("type") != "block_suggestion" || payload.TextOf("action_id") != TagActions.Select || typed.Length > LongestText
            || TagActions.QuestionOf(payload.TextOf("block_id")) is not { } question
            || SlackIds.User(payload.Of("user")?.TextOf("id")) is not { } user
            || await members.AskAsync(user, cancellation) is not { IsMember: true })
        {
            return Entries([]);
        }

        var persons = await database.ReadAsync(session => questions.PersonsAsync(session, question, typed, MostEntries), cancellation);
        return Entries(persons.Take(MostEntries).Select(person => Block.Option(person.Name, person.Person.Value)));
    }

    private static JsonObject Entries(IEnumerable<JsonObject> entries) => new() { ["options"] = new JsonArray([.. entries]) };
}
