using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>
/// Handles the form for a new person: validates each field and answers with the invitation for the guardian. A repeated submission invites
/// once.
/// </summary>
internal sealed class NewPersonForm(
    Database database, SlackInbox inbox, PromptMembers members, IQuestions questions, INewPersons persons, Languages languages)
{
    /// <param name="payload">A payload of type view_submission.</param>
    /// <returns>Slack's response_action; null if it is not our form.</returns>
    public async Task<JsonObject?> TakeAsync(JsonElement payload, CancellationToken cancellation)
    {
        if (payload.Of("view") is not { } view || view.TextOf("callback_id") != FormViews.NewPersonForm || view.TextOf("id") is not { Length: <= 100 } id
            || SlackIds.User(payload.Of("user")?.TextOf("id")) is not { } user
            || TagActions.QuestionOf(TagActions.BlockOf(new QuestionId(view.TextOf("private_metadata") ?? ""))) is not { } question)
        {
            return null;
        }

        var member = await members.AskAsync(user, cancellation);
        var sentences = languages.Of(member?.Language ?? "en").Sentences;
        if (member is not { IsMember: true })
            return Errors((FormViews.Name, sentences.Say(member?.Refusal ?? "slack-answers.not-taken")));

        var name = persons.NameOf(Field(view, FormViews.Name)?.TextOf("value") ?? "", out var problem);
        var phone = persons.PhoneOf(Field(view, FormViews.Phone)?.TextOf("value") ?? "");
        var group = Field(view, FormViews.Group)?.Of("selected_option")?.TextOf("value");
        if (name is null || phone is null)
        {
            return Errors(
                (FormViews.Name, problem is null ? null : sentences.Say(problem)),
                (FormViews.Phone, phone is null ? sentences.Say("slack-answers.phone-wrong") : null));
        }

        var source = $"form {user} {id}";
        return await database.WriteAsync(
            async session =>
            {
                if (await SlackInbox.AnswerToAsync(session, source) is { } before)
                    return Invited(sentences, name, JsonSerializer.Deserialize<GuardianInvitation>(before)!);
                var asked = await questions.FindAsync(session, question);
                if (asked is not { State: QuestionState.Asked or QuestionState.Voting } || asked.Group.Value != group)
                    return Errors((FormViews.Group, sentences.Say("slack-answers.no-such-question")));
                if (await persons.InviteAsync(session, question, TagVotes.Voter(user), name, phone, asked.Group) is not { } invitation)
                    return Errors((FormViews.Phone, sentences.Say("slack-answers.no-invitations")));

                _ = await inbox.RememberAsync(session, source, user);
                await inbox.KeepAnswerAsync(session, source, JsonSerializer.Serialize(invitation));
                return Invited(sentences, name, invitation);
            },
            CancellationToken.None);
    }

    private static JsonElement? Field(JsonElement view, string name) => view.Of("state")?.Of("values")?.Of(name)?.Of(name);

    private static JsonObject Errors(params (string Field, string? Sentence)[] errors) => new()
    {
        ["response_action"] = "errors",
        ["errors"] = new JsonObject(errors.Where(error => error.Sentence is not null).Select(error => KeyValuePair.Create(error.Field, (JsonNode?)error.Sentence))),
    };

    private static JsonObject Invited(Sentences sentences, string name, GuardianInvitation invitation)
    {
        var values = new Dictionary<string, string> { ["name"] = SlackText.Escape(name), ["code"] = SlackText.Escape(invitation.Code), ["link"] = SlackText.Escape(invitation.Link) };
        var key = invitation.Link.Length > 0 ? "slack-answers.invited" : "slack-answers.invited-by-code";
        return new JsonObject { ["response_action"] = "update", ["view"] = FormViews.Notice(sentences, sentences.Say(key, values)) };
    }
}
