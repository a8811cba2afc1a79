using System.Text.Json.Nodes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>Slack modals.</summary>
internal static class FormViews
{
    /// <summary>callback_id of the form for an unregistered person; its private_metadata is the question's id.</summary>
    public const string NewPersonForm = "new-person";

    /// <summary>block_id and action_id of its fields.</summary>
    public const string Name = "name";

    public const string Phone = "phone";

    public const string Group = "group";

    private const int LongestName = 60;
    private const int LongestPhone = 40;
    private const int LongestTitle = 24;

    public static JsonObject NewPerson(Sentences sentences, QuestionView question)
    {
        var group = Block.Option(question.GroupName, question.Group.Value);
        var view = Modal(
            sentences.Say("slack-answers.new-person"),
            [
                Block.Section(sentences.Say("slack-answers.new-person-why")),
                Block.Input(Name, sentences.Say("slack-answers.name"), Block.TextInput(Name, LongestName)),
                Block.Input(Phone, sentences.Say("slack-answers.phone"), Block.TextInput(Phone, LongestPhone, "+972501234567"), sentences.Say("slack-answers.phone-hint")),
                Block.Input(Group, sentences.Say("slack-answers.group"), new JsonObject
                {
                    ["type"] = "static_select",
                    ["action_id"] = Group,
                    ["options"] = new JsonArray(group),
                    ["initial_option"] = group.DeepClone(),
                }),
            ]);
        view["callback_id"] = NewPersonForm;
        view["private_metadata"] = TagActions.Value(question.Id);
        view["submit"] = Block.Plain(sentences.Say("slack-answers.invite"), LongestTitle);
        view["close"] = Block.Plain(sentences.Say("slack-answers.cancel"), LongestTitle);
        return view;
    }

    /// <summary>A modal with one question and its buttons.</summary>
    public static JsonObject Question(Sentences sentences, QuestionView question, string voter) =>
        Modal(sentences.Say("slack-answers.title"), QuestionRow.Of(sentences, question, voter));

    /// <summary>A modal with a text only.</summary>
    /// <param name="text">Slack's mrkdwn; names in it are escaped.</param>
    public static JsonObject Notice(Sentences sentences, string text) => Modal(sentences.Say("slack-answers.title"), [Block.Section(text)]);

    private static JsonObject Modal(string title, IEnumerable<JsonObject> blocks) => new()
    {
        ["type"] = "modal",
        ["title"] = Block.Plain(title, LongestTitle),
        ["blocks"] = new JsonArray([.. blocks]),
    };
}
