using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Atmosphere.Recognition.Domain;
using Dapper;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Configures Dapper: ids are stored as text, snake_case columns map to PascalCase properties, and the code that Dapper generates for a
/// statement serves every database, because all have the same schema.
/// </summary>
internal static class SqlTypes
{
    private static readonly Lazy<bool> _registered = new(() =>
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.ConnectionStringComparer = new OneSchema();
        foreach (var id in TextIds.Types)
            _ = typeof(SqlTypes).GetMethod(nameof(RegisterId), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(id).Invoke(null, null);
        return true;
    });

    /// <summary>Registers once; later calls do nothing.</summary>
    public static void Register() => _ = _registered.Value;

    private static void RegisterId<T>()
        where T : struct =>
        SqlMapper.AddTypeHandler(new IdAsText<T>());

    private sealed class OneSchema : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => true;

        public int GetHashCode([DisallowNull] string obj) => 0;
    }

    private sealed class IdAsText<T> : SqlMapper.TypeHandler<T>
        where T : struct
    {
        public override T Parse(object value) => TextIds.Make<T>((string)value);

        public override void SetValue(IDbDataParameter parameter, T value) => parameter.Value = TextIds.Text(value);
    }
}
