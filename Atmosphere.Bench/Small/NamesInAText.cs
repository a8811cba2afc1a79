using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using BenchmarkDotNet.Attributes;

namespace Atmosphere.Bench.Small;

/// <summary>Finding whom a stored text names, against reading the names of all persons.</summary>
[MemoryDiagnoser]
public class NamesInAText : IDisposable
{
    private const string Text = "Child 42 is registered. When a photo with Child 42 is posted to the group The class, you get it here. Say \"help\" to see what I can do.";

    private string _folder = null!;
    private Database _database = null!;

    /// <summary>Registered persons.</summary>
    [Params(100, 10_000)]
    public int Persons { get; set; }

    [GlobalSetup]
    public async Task MakeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("atmosphere-bench-").FullName;
        _database = new Database(_folder);
        await BotSchema.Whole.ApplyAsync(_database, TimeProvider.System);
        await _database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("INSERT INTO groups (id, name, created_at) VALUES ('class', 'The class', 0)");
            for (var number = 0; number < Persons; number++)
                await PersonTable.AddAsync(session, PersonId.New(), new GroupId("class"), $"{Word(number * 7919)} {number}", false, false, DateTimeOffset.UnixEpoch);
        });
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task<IReadOnlySet<PersonId>> OfAllNames() => _database.ReadAsync(async session => (await NamedPersons.ReadAsync(session)).In(Text));

    [Benchmark]
    public Task<IReadOnlySet<PersonId>> ByKeys() => _database.ReadAsync(session => NamedPersons.InAsync(session, Text));

    /// <summary>Five letters, spread over the alphabet.</summary>
    private static string Word(int number) => string.Concat(Enumerable.Range(0, 5).Select(place => (char)('a' + (number / (int)Math.Pow(26, place) % 26))));
}
