using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bench.Slack;

/// <summary>
/// Posts signed clicks at a steady rate, whether the answers come or not. Ten for each question: a wrong vote and its repetition, a changed mind,
/// two votes at the same instant, one of them told again and pressed again, and votes after the decision.
/// </summary>
internal sealed class SlackLoad : IDisposable
{
    public const string Secret = "5ec7e70fbe0c0000000000000000beef";

    private const int Moments = SlackPlan.PostsOfAQuestion - 1;

    private readonly HttpClient _http;
    private readonly SlackPlan _plan;
    private readonly Uri _answers;
    private readonly List<double> _times = [];
    private int _number;
    private int _refused;

    public SlackLoad(Uri server, SlackPlan plan, Uri answers)
    {
        _http = new HttpClient { BaseAddress = server };
        _plan = plan;
        _answers = answers;
    }

    public static IReadOnlyList<string> Colleagues { get; } = [.. Enumerable.Range(0, 20).Select(number => string.Create(CultureInfo.InvariantCulture, $"U{number:D8}"))];

    public IReadOnlyList<double> Times => _times;

    public int Refused => _refused;

    /// <summary>The colleagues who vote on a question: the first and second decide it, the others come in between and afterwards.</summary>
    public static string Voter(int question, int place) => Colleagues[((question * 7) + place) % Colleagues.Count];

    public static QuestionId Question(int number) => new($"bench-{number}");

    /// <summary>The person most colleagues name, and another one.</summary>
    public static PersonId Right(int question, int persons) => new($"crowd-{question % persons}");

    public static PersonId Wrong(int question, int persons) => new($"crowd-{(question + 1) % persons}");

    /// <summary>Everybody asks for help first: the server learns who they are, code is compiled, connections are made.</summary>
    public async Task WarmUpAsync(CancellationToken cancellation)
    {
        foreach (var colleague in Colleagues)
            await PostAsync("/slack/commands", $"command=%2Fatmosphere&text=help&team_id={FakeSlack.Team}&user_id={colleague}&trigger_id=w{colleague}&response_url={Uri.EscapeDataString($"{_answers}")}", cancellation);
        for (var i = 0; i < 100; i++)
            await PostAsync("/slack/interactivity", Click(Colleagues[i % Colleagues.Count], "bench.nothing", "x"), cancellation);
        _times.Clear();
        _refused = 0;
    }

    /// <summary>Posts them all, each at its time; those of a question are a ninth of the time apart.</summary>
    public async Task RunAsync(int persons, CancellationToken cancellation)
    {
        var rounds = Enumerable.Range(0, _plan.Questions).Select(question => Posts(question, persons)).ToList();
        var posts = Enumerable.Range(0, Moments).SelectMany(step => rounds.Select(round => (round[step].Body, round[step].AtOnce))).ToList();
        var start = Stopwatch.GetTimestamp();
        var open = new List<Task>();
        for (var i = 0; i < posts.Count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i * _plan.Seconds / posts.Count) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancellation);
            open.Add(PostAsync("/slack/interactivity", posts[i].Body, cancellation));
            if (posts[i].AtOnce is { } other)
                open.Add(PostAsync("/slack/interactivity", other, cancellation));
        }

        await Task.WhenAll(open);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Ten posts in nine moments, as two of them come at once. The last is the first one, told again.</summary>
    private List<(string Body, string? AtOnce)> Posts(int question, int persons)
    {
        var (right, wrong) = (TagActions.Value(Question(question), Right(question, persons)), TagActions.Value(Question(question), Wrong(question, persons)));
        var mistaken = Click(Voter(question, 0), TagActions.Person(2), wrong);
        var second = Click(Voter(question, 1), TagActions.Person(1), right);
        return
        [
            (mistaken, null),
            (mistaken, null),
            (Click(Voter(question, 2), TagActions.CannotTell, TagActions.Value(Question(question))), null),
            (Click(Voter(question, 0), TagActions.Person(1), right), second),
            (second, null),
            (Click(Voter(question, 1), TagActions.Person(1), right), null),
            (Click(Voter(question, 3), TagActions.Person(2), wrong), null),
            (Click(Voter(question, 4), TagActions.Visitor, TagActions.Value(Question(question))), null),
            (mistaken, null),
        ];
    }

    private string Click(string user, string action, string value)
    {
        var number = ++_number;
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = user, ["team_id"] = FakeSlack.Team },
            ["team"] = new JsonObject { ["id"] = FakeSlack.Team },
            ["channel"] = new JsonObject { ["id"] = "C00000BENCH" },
            ["trigger_id"] = $"{number}",
            ["response_url"] = $"{_answers}",
            ["actions"] = new JsonArray(new JsonObject { ["action_id"] = action, ["block_id"] = "row", ["value"] = value, ["action_ts"] = $"{number}.000100" }),
        };
        return $"payload={Uri.EscapeDataString(payload.ToJsonString())}";
    }

    private async Task PostAsync(string path, string body, CancellationToken cancellation)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation(SlackSignature.Timestamp, timestamp);
        request.Headers.TryAddWithoutValidation(SlackSignature.Header, SlackSignature.Of(timestamp, bytes, Secret));
        var start = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellation);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!response.IsSuccessStatusCode)
            Interlocked.Increment(ref _refused);
        lock (_times)
            _times.Add(time);
    }
}
