using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>All of recognition on a data folder of its own, with the real engine; only the parents and the bot's words are the test's.</summary>
internal sealed class RecognitionHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _running;

    private RecognitionHost(IHost host, bool running, string folder) => (_host, _running, Folder) = (host, running, folder);

    public static GroupId Class { get; } = new("class");

    public string Folder { get; }

    public RecordingParents Parents { get; } = new();

    public Said Said { get; } = new();

    public Database Database => Get<Database>();

    public IMediaStore Media => Get<IMediaStore>();

    public GroupPhotos Photos => Get<GroupPhotos>();

    /// <param name="workers">False: nothing is handled but what the test runs by <see cref="RunAsync"/>.</param>
    public static async Task<RecognitionHost> StartAsync(
        bool workers = true, TimeProvider? clock = null, string? folder = null, Action<IServiceCollection>? adjust = null, params (string Key, string Value)[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("atmosphere-flows-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Atmosphere:Tagging:AskAfter", "00:00:00")]);
        builder.Configuration.AddInMemoryCollection(
            [new("Atmosphere:Data", folder), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))]);
        builder.Services.AddSingleton(clock ?? TimeProvider.System).AddRecognition(builder.Configuration).AddFlow(GreetingFlow.Table);
        builder.Services.AddSingleton(LoadedEngine.Remembering);
        RecognitionHost? host = null;
        builder.Services.AddSingleton<IParents>(_ => host!.Parents).AddSingleton(_ => host!.Said);
        adjust?.Invoke(builder.Services);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        host = new RecognitionHost(builder.Build(), workers, folder);
        if (workers)
            await host._host.StartAsync();
        else if (!await BotSchema.Whole.IsAppliedAsync(host.Database))
            await Schema.Recognition.ApplyAsync(host.Database, TimeProvider.System);
        await host.Database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO groups (id, name, confirms, checks_matches, created_at) VALUES ('class', 'The class', 0, 0, 0) ON CONFLICT DO NOTHING"));
        return host;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>A sample photo of face-api: 2 has several faces.</summary>
    public static byte[] Sample(int number) => File.ReadAllBytes(Path.Combine(SharedPhotos.Samples, $"sample{number}.jpg"));

    /// <summary>A photo that shows nobody.</summary>
    public static byte[] Wall { get; } =
        new PhotoEncoder(new ImagingOptions()).EncodeJpeg(new Pixels(320, 240, [.. Enumerable.Repeat((byte)180, 320 * 240 * 3)]), 90);

    public async Task<ParticipantId> ParentAsync(string name)
    {
        var parent = new ParticipantId(name);
        _ = await Database.WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES (@parent, 'directline', @parent, '{}', 'en', 0);
            INSERT INTO group_participants (group_id, participant_id, joined_at) VALUES ('class', @parent, 0);
            """,
            new { parent }));
        return parent;
    }

    /// <summary>Begins to register the face with that number, from the left, of a photo.</summary>
    public async Task<PersonId> RegisterAsync(string name, ParticipantId parent, byte[] photo, int face)
    {
        var pixels = Get<PhotoDecoder>().Decode(photo, "photo");
        var box = (await Get<IFaceEngine>().DetectAsync(pixels, DetectionPlan.Portrait, default))[face].Box;
        var media = await Media.PutAsync(MediaBucket.Training, photo, "image/jpeg", default);
        var person = PersonId.New();
        await Database.WriteAsync(session => Get<IRegistrations>().BeginAsync(
            session, new NewPerson(person, name, parent, Class, "1", "I agree.", [new EnrolmentPhoto(media, box)])));
        return person;
    }

    /// <summary>Hands over the face with that number, from the left, of another photo of the parent's only child.</summary>
    public async Task TeachAsync(ParticipantId parent, byte[] photo, int face)
    {
        var box = (await Get<IFaceEngine>().DetectAsync(Get<PhotoDecoder>().Decode(photo, "photo"), DetectionPlan.Portrait, default))[face].Box;
        var media = await Media.PutAsync(MediaBucket.Training, photo, "image/jpeg", default);
        await Database.WriteAsync(async session =>
        {
            var child = (await Get<IFamilies>().ChildrenAsync(session, parent)).Single(child => child.State == "connected");
            Assert.True(await Get<IMorePhotos>().AddAsync(session, child.Person, parent, [new EnrolmentPhoto(media, box)]));
        });
    }

    /// <summary>Registers and waits until the person is learned.</summary>
    public async Task<PersonId> ConnectAsync(string name, ParticipantId parent, byte[] photo, int face)
    {
        var person = await RegisterAsync(name, parent, photo, face);
        if (_running)
            await Eventually.TrueAsync(() => Said.Words.Any(word => word.Contains(person.Value, StringComparison.Ordinal)), $"{name} is learned");
        else
            await RunAsync(new Atmosphere.Recognition.Messages.ConnectPerson(person));
        return person;
    }

    /// <summary>Whether the recipient of a delivery may see its picture.</summary>
    public Task<bool> MaySeeAsync(DeliveryId delivery) => Database.ReadAsync(
        async session => await DistributionTable.FindAsync(session, delivery) is { Media: { } picture } row
            && await PictureRights.MayBeSeenAsync(session, picture, row.ParticipantId, shownAt: 0));

    /// <summary>Waits until no message is left that is due.</summary>
    public Task QuietAsync() => Eventually.TrueAsync(async () => await ScalarAsync<int>("SELECT COUNT(*) FROM messages") == 0, "all messages are handled");

    /// <summary>Posts a photo and waits until nothing more happens to it.</summary>
    public async Task<PhotoStatus> PostAsync(string source, byte[] photo)
    {
        _ = await Photos.ReceiveAsync(Class, source, $"{source}.jpg", photo, default);
        await Eventually.TrueAsync(async () => (await Photos.FindAsync(Class, source))?.Ended == true, $"{source} has ended");
        return (await Photos.FindAsync(Class, source))!;
    }

    /// <summary>Runs the steps that handle a message, once, as the bus would; what they send stays in the queues.</summary>
    public async Task RunAsync(IMessage message)
    {
        foreach (var row in Get<FlowTables>().HandlersOf(message.GetType()))
        {
            await using var scope = _host.Services.CreateAsyncScope();
            var effects = await row.Handle(scope.ServiceProvider, message, default);
            await Database.WriteAsync(session => effects.ApplyAsync(session, Get<IOutbox>()));
            await effects.FinishAsync();
        }
    }

    /// <summary>Takes the oldest message of recognition from the queues, with all of its copies; null where there is none.</summary>
    public async Task<IMessage?> TakeAsync()
    {
        var rows = await Database.ReadAsync(session =>
            session.QueryAsync<(string Id, string Type, string Body)>("SELECT id, type, body FROM messages ORDER BY number"));
        var next = rows.FirstOrDefault(row => row.Type.StartsWith(typeof(IMessage).Namespace!, StringComparison.Ordinal));
        if (next == default)
            return null;

        await Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM messages WHERE id = @Id", new { next.Id }));
        return MessageJson.Read(next.Body, typeof(IMessage).Assembly.GetType(next.Type)!);
    }

    /// <summary>Runs what is in the queues, and what that sends, until nothing is left. What is to be tried later is tried once more after the rest.</summary>
    public async Task RunQueuedAsync()
    {
        var later = new Queue<IMessage>();
        while (await TakeAsync() is { } message)
        {
            try
            {
                await RunAsync(message);
            }
            catch (TryLaterException)
            {
                later.Enqueue(message);
            }
        }

        if (later.Count == 0)
            return;
        while (later.TryDequeue(out var again))
            await RunAsync(again);
        await RunQueuedAsync();
    }

    /// <summary>Runs the steps that handle a message, and dies before their effects are committed.</summary>
    public async Task WorkInVainAsync(IMessage message)
    {
        foreach (var row in Get<FlowTables>().HandlersOf(message.GetType()))
        {
            await using var scope = _host.Services.CreateAsyncScope();
            _ = await row.Handle(scope.ServiceProvider, message, default);
        }
    }

    /// <summary>Does what the steps of a message do when their attempts are used up.</summary>
    public async Task ExhaustAsync(IMessage message, Exception reason)
    {
        foreach (var row in Get<FlowTables>().HandlersOf(message.GetType()))
        {
            await using var scope = _host.Services.CreateAsyncScope();
            var effects = row.OnExhausted(scope.ServiceProvider, message, reason);
            await Database.WriteAsync(session => effects.ApplyAsync(session, Get<IOutbox>()));
            await effects.FinishAsync();
        }
    }

    public Task<T?> ScalarAsync<T>(string sql) => Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<T>(sql));

    public Task ExecuteAsync(string sql) => Database.WriteAsync(session => session.ExecuteAsync(sql));

    public async Task<int> FilesAsync(MediaBucket bucket) => (await Media.ListAsync(bucket, default)).Count;

    /// <summary>Stops the program; the data stay.</summary>
    public async Task StopAsync()
    {
        if (_running)
            await _host.StopAsync();
        _host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
