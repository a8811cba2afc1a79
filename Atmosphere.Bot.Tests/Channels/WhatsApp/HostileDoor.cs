using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>A webhook door as a stranger sees it: add one here, and the hostile bodies knock at it, too.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="ContentType">Of what it takes.</param>
/// <param name="Header">The header that carries the signature.</param>
/// <param name="Sign">Signs a body, by any key: (path, body, key) to the header.</param>
/// <param name="Key">The key that it believes.</param>
/// <param name="Genuine">A body that is as it should be, for other fields than the vendor's: what is signed of it must be ignored or refused.</param>
internal sealed record HostileDoor(
    string Path, string ContentType, string Header, Func<string, string, string, string> Sign, string Key, Func<Random, string> Genuine)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";
    private const string WahaKey = "a-key-of-the-webhook";
    private const string ContainerKey = "a-key-of-the-container";
    private const string SlackSecret = "asecretofslack000000000000000000";

    private static readonly string _now = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";

    private static readonly string[] _strangers =
        ["+15551234567", "messenger:1", "whatsapp:+", "whatsapp:+1'; DROP TABLE turns;--", "whatsapp:+15551234567\0", "whatsapp:" + new string('9', 3000), "whatsapp:+٣٣٣٣٣٣٣٣", ""];

    public static readonly IReadOnlyList<HostileDoor> All =
    [
        new("/whatsapp/twilio", Form, TwilioSignature.Header, SignForm, TwilioWebhook.Token, Message),
        new("/whatsapp/twilio/status?delivery=nobody", Form, TwilioSignature.Header, SignForm, TwilioWebhook.Token, Report),
        new("/whatsapp/twilio/conversations", Form, TwilioSignature.Header, SignForm, TwilioWebhook.Token, ConversationEvent),
        new("/whatsapp/waha", Json, "X-Webhook-Hmac", SignWaha, WahaKey, WahaEvent),
        new("/whatsapp/container", Json, "X-Atmosphere-Signature", SignContainer, ContainerKey, ContainerMessage)
        {
            Also = ("X-Atmosphere-Timestamp", _now),
        },
        Slack("/slack/events", Json, SlackEvent),
        Slack("/slack/interactivity", Form, random => $"payload={WebUtility.UrlEncode(SlackPayload(random))}"),
        Slack("/slack/options", Form, random => $"payload={WebUtility.UrlEncode(SlackPayload(random))}"),
        Slack("/slack/commands", Form, SlackCommand),
    ];

    /// <summary>A header that comes with every body.</summary>
    public (string Name, string Value)? Also { get; init; }

    /// <summary>Everything that opens all doors.</summary>
    public static (string Key, string Value)[] Settings =>
    [
        .. TwilioWebhook.Settings(),
        ("Atmosphere:Channels:WhatsApp:Waha:BaseUrl", "http://127.0.0.1:9/"),
        ("Atmosphere:Channels:WhatsApp:Waha:HmacKey", WahaKey),
        ("Atmosphere:Channels:WhatsApp:Container:Key", ContainerKey),
        ("Atmosphere:Channels:Slack:SigningSecret", SlackSecret),
        ("Atmosphere:Channels:Slack:BotToken", "xoxb-nobody"),
        ("Atmosphere:Channels:Slack:Channel", "C0000ROOM"),
        ("Atmosphere:Channels:Slack:ApiBaseUrl", "http://127.0.0.1:9/"),
    ];

    /// <summary>What the account's own signature may stand under without anything coming of it: strangers' numbers, other accounts, no id.</summary>
    private static string Message(Random random)
    {
        string[] ids = ["", "S", "../../etc/passwd", "SM'--", new string('a', 5000), "SM\u0000\u0001", "<script>"];
        var isSender = random.Next(2) == 0;
        return Fields(random, new()
        {
            ["MessageSid"] = isSender ? $"SM{random.Next():x32}" : OneOf(random, ids),
            ["From"] = isSender ? OneOf(random, _strangers) : "whatsapp:+15551234567",
            ["To"] = TwilioWebhook.Own,
            ["Body"] = HostileBody.Text(random),
            ["NumMedia"] = random.Next(3) == 0 ? "2147483648" : "1",
            ["MediaUrl0"] = "http://169.254.169.254/latest/meta-data",
        });
    }

    private static string Report(Random random) => Fields(random, new()
    {
        ["MessageSid"] = OneOf(random, ["", "SM1", $"SM{random.Next():x32}", new string('a', 5000), "SM'--"]),
        ["MessageStatus"] = OneOf(random, ["sent", "delivered", "read", "failed", "", "DELIVERED", HostileBody.Text(random)]),
        ["ErrorCode"] = OneOf(random, ["", "63016", "-1", "99999999999999999999", "x"]),
    });

    private static string ConversationEvent(Random random) => Fields(random, new()
    {
        ["EventType"] = OneOf(random, ["onMessageAdded", "onParticipantAdded", "onMessageUpdated", "onConversationAdded", "", HostileBody.Text(random)]),
        ["ConversationSid"] = OneOf(random, [$"CH{random.Next():x32}", "", "CH'--", new string('C', 5000)]),
        ["ChatServiceSid"] = OneOf(random, [$"IS{random.Next():x32}", "../..", ""]),
        ["MessageSid"] = $"IM{random.Next():x32}",
        ["ParticipantSid"] = $"MB{random.Next():x32}",
        ["Author"] = OneOf(random, _strangers),
        ["MessagingBinding.Address"] = OneOf(random, _strangers),
        ["Body"] = HostileBody.Text(random),
        ["Media"] = OneOf(random, ["[", "{}", "[1]", """[{"Sid":"../../x"}]""", new string('[', 2000)]),
    });

    /// <summary>The container's own key over what must be ignored: our own messages, other sessions, other events, odd shapes.</summary>
    private static string WahaEvent(Random random)
    {
        var kind = random.Next(5);
        var payload = new JsonObject
        {
            ["id"] = OneOf(random, ["", "true_1@c.us_AAA", new string('x', 5000), "'; DROP TABLE turns;--"]),
            ["timestamp"] = OneOf<double>(random, [0, -1, 1e300, 1772352000]),
            ["from"] = OneOf<string>(random, kind == 0 ? ["status@broadcast", "x", "", "1@newsletter", "'--@c.us"] : ["4915100000001@c.us", "120363000000000001@g.us"]),
            ["fromMe"] = kind == 1,
            ["body"] = HostileBody.Text(random),
            ["ack"] = OneOf<double>(random, [-1, 3, 99, 1e300]),
            ["participants"] = new JsonArray(1, "x", null, new JsonObject { ["id"] = 5 }),
            ["group"] = new JsonObject { ["id"] = OneOf(random, ["x", "1@g.us", "120363000000000001@c.us"]) },
        };
        var name = kind switch
        {
            <= 2 => "message",
            3 => OneOf(random, ["message.ack", "group.v2.join", "group.v2.leave", "group.v2.participants"]),
            _ => OneOf(random, ["", "session.status", "message.reaction", HostileBody.Text(random)]),
        };
        return new JsonObject
        {
            ["id"] = $"evt_{random.Next()}",
            ["event"] = name,
            ["session"] = kind == 2 ? "another" : "default",
            ["timestamp"] = OneOf<double>(random, [0, -1, 1e300, 1772352000000]),
            ["payload"] = kind == 4 && random.Next(2) == 0 ? JsonValue.Create("x") : payload,
        }.ToJsonString();
    }

    /// <summary>Signed, and not as the schema says.</summary>
    private static string ContainerMessage(Random random)
    {
        var message = new JsonObject
        {
            ["id"] = $"{random.Next()}",
            ["group"] = "class-1",
            ["timestamp"] = 1772352000,
            ["kind"] = "message",
            ["from"] = "+15551234567",
            ["text"] = "hello",
        };
        var field = OneOf(random, ["id", "group", "timestamp", "kind", "from", "text", "members", "media", HostileBody.Text(random) + "?"]);
        message[field] = OneOf<Func<JsonNode?>>(random, [() => null, () => new JsonArray(), () => new JsonObject(), () => true, () => 1e300, () => "", () => new string('x', 5000)])();
        return message.ToJsonString();
    }

    private static HostileDoor Slack(string path, string type, Func<Random, string> genuine) => new(path, type, SlackSignature.Header, SignSlack, SlackSecret, genuine)
    {
        Also = (SlackSignature.Timestamp, _now),
    };

    /// <summary>Signed, and about nobody, or about nothing that we follow.</summary>
    private static string SlackEvent(Random random) => new JsonObject
    {
        ["type"] = OneOf(random, ["event_callback", "event_callback", "app_rate_limited", "", HostileBody.Text(random)]),
        ["event_id"] = OneOf<JsonNode?>(random, ["Ev1", 1, null, new string('E', 5000), new JsonArray()]),
        ["authorizations"] = OneOf<JsonNode?>(random, [null, "x", new JsonArray(1, null, new JsonObject())]),
        ["event"] = OneOf<JsonNode?>(random,
        [
            null, "x", new JsonArray(), new JsonObject { ["type"] = "reaction_added", ["user"] = "U1DANA" }, new JsonObject { ["type"] = "app_home_opened", ["user"] = "'; --" },
            new JsonObject { ["type"] = "message", ["channel_type"] = "im", ["user"] = new JsonObject(), ["text"] = HostileBody.Text(random) },
            new JsonObject { ["type"] = "message", ["channel_type"] = "im", ["user"] = "U1DANA", ["bot_id"] = "B1" },
        ]),
    }.ToJsonString();

    private static string SlackPayload(Random random) => new JsonObject
    {
        ["type"] = OneOf(random, ["block_actions", "view_submission", "view_closed", "shortcut", "block_suggestion", "", HostileBody.Text(random)]),
        ["user"] = OneOf<JsonNode?>(random, [null, "U1DANA", new JsonObject { ["id"] = "<@U1>" }, new JsonObject { ["id"] = "U1DANA" }, new JsonObject { ["id"] = 5 }]),
        ["trigger_id"] = OneOf<JsonNode?>(random, [null, 1, new string('9', 5000)]),
        ["action_id"] = OneOf(random, ["tag.nothing", "", "../.."]),
        ["block_id"] = OneOf(random, ["question.", "question.q1", new string('q', 5000)]),
        ["actions"] = OneOf<JsonNode?>(random,
        [
            null, "x", new JsonArray(1, null, "x"), new JsonArray(new JsonObject { ["action_id"] = "tag.person.7", ["value"] = "q1|p1" }),
            new JsonArray(new JsonObject { ["action_id"] = "tag.nobody", ["value"] = HostileBody.Text(random) + " " }),
            new JsonArray(new JsonObject { ["action_id"] = "tag.select", ["block_id"] = "question.q1", ["selected_option"] = new JsonArray() }),
            new JsonArray(new JsonObject { ["action_id"] = "home.more", ["value"] = "99999999999999999999" }),
        ]),
        ["view"] = OneOf<JsonNode?>(random,
        [
            null, 1, new JsonObject { ["type"] = "home", ["private_metadata"] = "-1" }, new JsonObject { ["id"] = "V1", ["callback_id"] = "new-person", ["private_metadata"] = "'--" },
            new JsonObject { ["id"] = "V1", ["callback_id"] = "new-person", ["state"] = new JsonArray() },
        ]),
    }.ToJsonString();

    private static string SlackCommand(Random random) =>
        $"command={WebUtility.UrlEncode(OneOf(random, ["/atmosphere", "", "x"]))}&user_id={WebUtility.UrlEncode(OneOf(random, _strangers))}&text={WebUtility.UrlEncode(HostileBody.Text(random))}";

    private static string SignSlack(string path, string body, string key) => SlackSignature.Of(_now, Encoding.UTF8.GetBytes(body), key);

    private static T OneOf<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static string Fields(Random random, Dictionary<string, string> form)
    {
        form["AccountSid"] = random.Next(8) == 0 ? "AC" + new string('f', 32) : TwilioWebhook.Account;
        return string.Join('&', form.Select(field => $"{field.Key}={WebUtility.UrlEncode(field.Value)}"));
    }

    private static string SignWaha(string path, string body, string key) =>
        Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));

    private static string SignContainer(string path, string body, string key) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{_now}.{body}")));

    private static string SignForm(string path, string body, string key)
    {
        var form = new TwilioForm();
        try
        {
            form = TwilioForm.Parse(body);
        }
        catch (Bot.Channels.Access.RefusedRequestException)
        {
            // It is refused however it is signed.
        }

        return TwilioWebhook.Sign(form.Signed, key, TwilioWebhook.PublicUrl + path);
    }
}
