-- Who stands in for somebody is asked with every decision; without this each asks all roles.
CREATE INDEX org_role_for ON org_role (government_id, for_id, role);
